import { strict as assert } from "node:assert";
import * as net from "node:net";
import { startServers, usualPort } from "../../sandbox/serve";
import type { Sandbox } from "../../sandbox/sandbox";
import { createSession } from "../../sandbox/session";
import { send } from "./wire/fixture";

const session = () =>
  createSession({ stack: "dev", stacks: ["dev"], minutes: 1, speed: 1, open: () => Promise.reject(new Error("no")) });

/** Takes a port; undefined if somebody has it already, which is as good. */
function occupy(port: number): Promise<net.Server | undefined> {
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

const free = (server: net.Server | undefined) =>
  new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
const anyDeployment = { deployment: { outputs: { endpoint: "https://abc.execute-api.us-east-1.amazonaws.com/v1" } } };

/** A port whose next one is free too, as far as one can know. */
async function freePair(): Promise<number> {
  for (let port = 21_000; ; port += 2) {
    const both = [await occupy(port), await occupy(port + 1)];
    await Promise.all(both.map(free));
    if (both.every((one) => one !== undefined)) return port;
  }
}

describe("the sandbox's servers", () => {
  it("take the next free pair of ports when none was asked for, and say so", async () => {
    const taken = await occupy(usualPort + 1);
    const servers = await startServers(undefined, session());
    try {
      const { page, aws, scalingApi } = servers.addresses(anyDeployment as Sandbox);
      const port = Number(new URL(page).port);
      assert.ok(servers.moved);
      assert.ok(port > usualPort && port % 2 === 0, page);
      assert.equal(aws, `http://127.0.0.1:${port + 1}`);
      assert.equal(scalingApi, `${aws}/execute-api/abc/v1/scalableTargetDimensions`);
      assert.equal((await send(port, { method: "GET" })).status, 200);
    } finally {
      await servers.close();
      await free(taken);
    }
  });

  it("name the port that is taken when one was asked for, and let go of the other", async () => {
    const port = await freePair();
    for (const [which, whose] of [
      [port, "for the page"],
      [port + 1, `for the AWS endpoint, next to --port ${port}`],
    ] as const) {
      const taken = await occupy(which);
      await assert.rejects(startServers(port, session()), (error: Error) => {
        assert.equal(error.name, "StackError");
        assert.ok(error.message.startsWith(`Port ${which}, ${whose}, is taken. Say another --port`), error.message);
        return true;
      });
      await free(taken);
      const servers = await startServers(port, session());
      assert.equal(servers.moved, false);
      await servers.close();
    }
  });

  it("say that the sandbox is being started until there is one", async () => {
    const servers = await startServers(0, session());
    try {
      const { aws } = servers.addresses(anyDeployment as Sandbox);
      const headers = { "x-amz-target": "Kinesis_20131202.ListStreams" };
      const answer = await send(Number(new URL(aws).port), { headers, body: "{}" });
      assert.equal(answer.status, 503);
      assert.match(answer.text, /is being started; try again in a moment/);
    } finally {
      await servers.close();
    }
  });
});
