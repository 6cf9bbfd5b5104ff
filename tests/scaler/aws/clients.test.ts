import { strict as assert } from "node:assert";
import { once } from "node:events";
import * as http from "node:http";
import * as http2 from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { KinesisAnalyticsV2Client } from "@aws-sdk/client-kinesis-analytics-v2";
import { SSMClient } from "@aws-sdk/client-ssm";
import { awsClients, type Aws } from "../../../scaler/aws/clients";

const overHttp1 = ["ssm", "kinesisanalytics", "cloudwatch"] as const;
const operationOf = { ssm: "GetParameters", kinesisanalytics: "DescribeApplication", cloudwatch: "GetMetricData" } as const;

/** An endpoint of AWS: what came in, over how many connections, and what goes out. Status 0: no answer before `respond`. */
interface Endpoint {
  requests: { operation: string; body: string; respond(): void }[];
  connections: number;
  /** Resolves when the client has closed all of them. */
  left(): Promise<unknown>;
  status: number;
  answer: string;
  url: string;
  /** Ends what is open too: a connection that is kept warm would keep this process alive. */
  close(): void;
}

const endpoint = async (server: http.Server | http2.Http2Server): Promise<Endpoint> => {
  const sockets: Socket[] = [];
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const left = () => Promise.all(sockets.map((socket) => socket.closed || once(socket, "close")));
  const one: Endpoint = { requests: [], connections: 0, left, status: 200, answer: "{}", url: "", close };
  server.on("connection", (socket: Socket) => {
    one.connections++;
    sockets.push(socket);
  });
  server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const named = request.headers["x-amz-target"] ?? request.url?.split("/").pop();
      const respond = (status = 200) =>
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(one.answer);
      one.requests.push({ operation: String(named), body, respond });
      if (one.status !== 0) respond(one.status);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  one.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return one;
};

describe("the scaler's AWS clients", function () {
  this.timeout(30_000);
  const environment = { ...process.env };
  const { setTimeout: realTimeout } = globalThis;
  let plain: Endpoint;
  let multiplexed: Endpoint;

  beforeEach(async () => {
    plain = await endpoint(http.createServer());
    // The SDK speaks HTTP/2 to Kinesis.
    multiplexed = await endpoint(http2.createServer());
    Object.assign(process.env, {
      ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "AKIATEST", AWS_SECRET_ACCESS_KEY: "test" },
      ...{ AWS_ENDPOINT_URL: plain.url, AWS_ENDPOINT_URL_KINESIS: multiplexed.url },
      ...{ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", AWS_EC2_METADATA_DISABLED: "true" },
    });
  });

  afterEach(() => {
    globalThis.setTimeout = realTimeout;
    process.env = { ...environment };
    plain.close();
    multiplexed.close();
  });

  it("send each operation to its own service, with its input, and give its answer", async () => {
    const aws = awsClients();
    plain.answer = '{"Parameters":[{"Name":"/a","Value":"{}"}]}';
    const { Parameters } = await aws.call("ssm", "GetParameters", { Names: ["/a"] });
    assert.deepEqual(Parameters, [{ Name: "/a", Value: "{}" }]);
    plain.answer = '{"OperationId":"o-1"}';
    const update = { ApplicationName: "enrich", ConditionalToken: "token" };
    assert.equal((await aws.call("kinesisanalytics", "UpdateApplication", update)).OperationId, "o-1");
    multiplexed.answer = '{"CurrentShardCount":4}';
    const split = { StreamName: "orders", TargetShardCount: 8, ScalingType: "UNIFORM_SCALING" as const };
    assert.equal((await aws.call("kinesis", "UpdateShardCount", split)).CurrentShardCount, 4);
    plain.status = 500;
    await assert.rejects(
      aws.call("cloudwatch", "GetMetricData", { StartTime: undefined, EndTime: undefined, MetricDataQueries: [] }),
    );
    assert.deepEqual(
      [...plain.requests, ...multiplexed.requests].map(({ operation }) => operation),
      [
        "AmazonSSM.GetParameters",
        "KinesisAnalytics_20180523.UpdateApplication",
        "GraniteServiceVersion20100801.GetMetricData",
        "Kinesis_20131202.UpdateShardCount",
      ],
    );
    assert.deepEqual(JSON.parse(plain.requests[0]!.body), { Names: ["/a"] });
    assert.deepEqual(JSON.parse(multiplexed.requests[0]!.body), split);
  });

  it("are made once and kept warm: the next call goes over the same connection", async () => {
    const aws = awsClients();
    for (let i = 0; i < 3; i++) {
      await aws.call("ssm", "GetParameters", { Names: ["/a"] });
      await aws.call("kinesis", "ListShards", { StreamName: "orders" });
    }
    assert.deepEqual([plain.requests.length, plain.connections], [3, 1]);
    assert.deepEqual([multiplexed.requests.length, multiplexed.connections], [3, 1]);
  });

  it("never try again by themselves: the next minute does, and a refused update must not become three", async () => {
    const aws = awsClients();
    plain.status = multiplexed.status = 503;
    for (const service of overHttp1) {
      await assert.rejects(aws.call(service, operationOf[service] as never, {} as never));
    }
    await assert.rejects(aws.call("kinesis", "UpdateShardCount", {} as never));
    assert.equal(plain.requests.length, overHttp1.length);
    assert.equal(multiplexed.requests.length, 1);
  });

  it("give a call up that gets no answer within 8 s, long before the Lambda's 55 s", async () => {
    const waits: number[] = [];
    // A hundred times as fast: the test doesn't wait for 8 s.
    globalThis.setTimeout = ((done: () => void, milliseconds = 0) => {
      waits.push(milliseconds);
      return realTimeout(done, milliseconds / 100);
    }) as typeof setTimeout;
    plain.status = 0;
    await assert.rejects(awsClients().call("ssm", "GetParameters", { Names: ["/a"] }), { name: "TimeoutError" });
    assert.ok(waits.includes(8_000), `waited ${waits.join(", ")} ms`);
  }).timeout(2_000);

  describe("after a call without an answer", function () {
    this.timeout(5_000);
    const patience = 500;
    let aws: Aws;
    const list = (StreamName: string) => aws.call("kinesis", "ListShards", { StreamName });
    const unanswered = (StreamName: string) => assert.rejects(list(StreamName), { name: "TimeoutError" });

    beforeEach(async () => {
      aws = awsClients(patience);
      await list("at first");
      multiplexed.status = 0;
    });

    it("let those that share its connection end, and close it then", async () => {
      const late = unanswered("late");
      await aws.pause(patience / 2);
      const other = list("other");
      await late;
      multiplexed.requests.find(({ body }) => body.includes("other"))!.respond();
      await other;
      await multiplexed.left();
    });

    it("stay with the next connection, whatever becomes of the calls that are still on the dead one", async () => {
      const late = unanswered("late");
      await aws.pause(patience / 2);
      const later = unanswered("later");
      await late;
      multiplexed.status = 200;
      await list("new");
      await later;
      await list("newer");
      assert.equal(multiplexed.connections, 2);
    });
  });

  it("wait 2 s for a connection, also to Kinesis", async () => {
    const told: unknown[] = [];
    const clients: { prototype: object }[] = [SSMClient, KinesisClient, KinesisAnalyticsV2Client, CloudWatchClient];
    const send = async function (this: SSMClient) {
      const { connectionTimeout } = (await (
        this.config.requestHandler as unknown as { configProvider: Promise<Record<string, unknown>> }
      ).configProvider) as Record<string, number>;
      told.push(connectionTimeout);
    };
    for (const { prototype } of clients) Object.assign(prototype, { send });
    const aws = awsClients();
    try {
      for (const service of overHttp1) await aws.call(service, operationOf[service] as never, {} as never);
      await aws.call("kinesis", "ListShards", {});
    } finally {
      for (const { prototype } of clients) Reflect.deleteProperty(prototype, "send");
    }
    assert.deepEqual(told, [2_000, 2_000, 2_000, 2_000]);
  });

  it("say which command this runtime's SDK lacks", async () => {
    await assert.rejects(awsClients().call("ssm", "GetNothing" as never, {} as never), {
      name: "MissingCommand",
      message: "The AWS SDK of this runtime has no GetNothingCommand",
    });
  });

  it("wait as long as they are told", async () => {
    const began = performance.now();
    await awsClients().pause(30);
    const waited = performance.now() - began;
    assert.ok(waited >= 28 && waited < 1_000, `${waited} ms`);
  });
});
