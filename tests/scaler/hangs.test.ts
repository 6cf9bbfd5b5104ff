import * as assert from "node:assert/strict";
import { createServer, type ServerHttp2Stream } from "node:http2";
import { createServer as createServer1, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { awsClients, type Aws } from "../../scaler/clients";

/** How a server of AWS can leave its caller without an answer. Each gets what it writes with, and stops when it is closed. */
type Hang = (answer: { head(): void; write(text: string): void; closed(): boolean }) => void;

const hangs: Record<string, Hang> = {
  "accepts and never answers": () => {},
  "stops in the middle of a body": (answer) => {
    answer.head();
    answer.write("{");
  },
  "drips a byte a second": (answer) => {
    answer.head();
    const drip = setInterval(() => (answer.closed() ? clearInterval(drip) : answer.write(" ")), 1000);
  },
};

const calls: Record<string, (aws: Aws) => Promise<unknown>> = {
  SSM: (aws) => aws.call("ssm", "GetParameter", { Name: "/sluice/dev/a/state" }),
  KINESIS: (aws) => aws.call("kinesis", "DescribeStreamSummary", { StreamName: "a" }),
  KINESIS_ANALYTICS_V2: (aws) => aws.call("kinesisanalytics", "DescribeApplication", { ApplicationName: "a" }),
  CLOUDWATCH: (aws) =>
    aws.call("cloudwatch", "GetMetricData", { MetricDataQueries: [], StartTime: new Date(0), EndTime: new Date(60_000) }),
};

describe("a call that hangs", function () {
  this.timeout(30_000);
  const environment = { ...process.env };
  const servers: { close(): void }[] = [];

  before(() => {
    Object.assign(process.env, { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" });
  });
  after(() => {
    for (const server of servers) server.close();
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
  });

  for (const [what, hang] of Object.entries(hangs))
    it(`is given up within ten seconds when a service ${what}, and not tried again`, async () => {
      const endings = Object.entries(calls).map(async ([service, call]) => {
        const { address, requests, close } = await (service === "KINESIS" ? http2Server(hang) : http1Server(hang));
        servers.push({ close });
        process.env[`AWS_ENDPOINT_URL_${service}`] = address;
        const begun = Date.now();
        const name = await call(awsClients()).then(
          () => "answered",
          (error: Error) => error.name,
        );
        assert.equal(name, "TimeoutError", service);
        assert.ok(Date.now() - begun < 10_500, `${service} took ${Date.now() - begun} ms`);
        assert.equal(requests(), 1, `${service}'s requests`);
      });
      await Promise.all(endings);
    });
});

async function http1Server(hang: Hang) {
  let requests = 0;
  const server = createServer1((request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    request.resume();
    hang({
      head: () => response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }),
      write: (text) => response.write(text),
      closed: () => response.destroyed,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: addressOf(server.address()),
    requests: () => requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Kinesis' client speaks HTTP/2. */
async function http2Server(hang: Hang) {
  let requests = 0;
  const sessions = new Set<{ destroy(): void }>();
  const server = createServer();
  server.on("session", (session) => sessions.add(session));
  server.on("stream", (stream: ServerHttp2Stream) => {
    requests += 1;
    stream.on("error", () => {});
    stream.resume();
    hang({
      head: () => stream.respond({ ":status": 200, "content-type": "application/x-amz-json-1.1" }),
      write: (text) => stream.write(text),
      closed: () => stream.destroyed,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: addressOf(server.address()),
    requests: () => requests,
    close() {
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
}

const addressOf = (address: AddressInfo | string | null) => `http://127.0.0.1:${(address as AddressInfo).port}`;
