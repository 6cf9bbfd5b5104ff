import * as assert from "node:assert/strict";
import * as http from "node:http";
import * as http2 from "node:http2";
import * as net from "node:net";
import { awsClients, longestCallMs } from "../../../scaler/aws/clients";
import type { Aws } from "../../../scaler/aws/clients";

/** What a server does with a request: `answer` is what a service that works says. */
type Habit = "silent" | "stops" | "drips" | "answer";

const body = JSON.stringify({ Parameter: { Value: "{}" }, StreamDescriptionSummary: {}, ApplicationDetail: {} });

/** Kinesis' client speaks HTTP/2, the others HTTP/1.1. */
const calls: Record<string, (aws: Aws) => Promise<unknown>> = {
  ssm: (aws) => aws.call("ssm", "GetParameter", { Name: "a" }),
  kinesis: (aws) => aws.call("kinesis", "DescribeStreamSummary", { StreamName: "a" }),
  kinesisanalytics: (aws) => aws.call("kinesisanalytics", "DescribeApplication", { ApplicationName: "a" }),
  cloudwatch: (aws) =>
    aws.call("cloudwatch", "GetMetricData", { MetricDataQueries: [], StartTime: new Date(0), EndTime: new Date(60_000) }),
};

const environment = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};

describe("AWS's clients, as the Lambda has them", function () {
  this.timeout(20_000);
  const before = { ...process.env };
  const servers: Server[] = [];
  const open = async (service: string, habit: Habit) => {
    const server = await serve(service === "kinesis", habit);
    servers.push(server);
    Object.assign(process.env, environment, { AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}` });
    return server;
  };
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    for (const name of [...Object.keys(environment), "AWS_ENDPOINT_URL"]) delete process.env[name];
    Object.assign(process.env, before);
  });

  for (const [service, call] of Object.entries(calls)) {
    for (const habit of ["silent", "stops", "drips"] as const) {
      it(`give up a call of ${service} whose server ${habit === "silent" ? "is silent" : `${habit} in the middle of a body`}`, async () => {
        await open(service, habit);
        const begun = performance.now();
        await assert.rejects(call(awsClients(400)), { name: "TimeoutError", message: /no answer of \w+:\w+ within 0\.4 s/ });
        const took = performance.now() - begun;
        assert.ok(took >= 390 && took < 5_000, `${took} ms`);
      });
    }

    if (service !== "cloudwatch")
      it(`make the next call of ${service} on a connection of its own`, async () => {
        const server = await open(service, "silent");
        const aws = awsClients(400);
        await assert.rejects(call(aws), { name: "TimeoutError" });
        server.habit = "answer";
        await call(aws);
        assert.equal(server.connections, 2);
      });
  }

  it("leave the function's 55 s and API Gateway's 29 s: the three calls of a PATCH in a row", () => {
    assert.ok(3 * longestCallMs < 29_000 && 6 * longestCallMs < 55_000);
  });

  it("leave no timer behind when they are answered", async () => {
    await open("ssm", "answer");
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const aws = awsClients(19_999);
    await calls["ssm"]!(aws);
    const one = timers();
    for (let i = 0; i < 5; i++) await calls["ssm"]!(aws);
    assert.equal(timers(), one);
  });
});

interface Server {
  port: number;
  habit: Habit;
  connections: number;
  close(): void;
}

async function serve(isHttp2: boolean, first: Habit): Promise<Server> {
  const sockets = new Set<net.Socket>();
  const answering = isHttp2 ? http2.createServer(answer) : http.createServer(answer);
  const server: Server = { port: 0, habit: first, connections: 0, close: () => undefined };
  // A silent server never reads: not even HTTP/2's settings are answered.
  const listener = net.createServer((socket) => {
    server.connections++;
    sockets.add(socket);
    socket.on("error", () => undefined);
    if (server.habit !== "silent") answering.emit("connection", socket);
  });
  function answer(_request: unknown, response: http.ServerResponse | http2.Http2ServerResponse): void {
    const type = { "content-type": "application/x-amz-json-1.1" };
    response.on("error", () => undefined);
    const out = response as http.ServerResponse;
    if (server.habit === "answer") return void out.writeHead(200, type).end(body);
    out.writeHead(200, type);
    out.write('{"');
    if (server.habit !== "drips") return;
    const drip = setInterval(() => out.write("a"), 50);
    out.on("close", () => clearInterval(drip));
  }
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  server.port = (listener.address() as net.AddressInfo).port;
  server.close = () => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  };
  return server;
}
