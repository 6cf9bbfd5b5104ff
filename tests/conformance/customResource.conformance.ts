import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import { minute } from "../../sandbox/core/clock";
import { openStack, send, signed, type RawAnswer } from "../sandbox/wire/fixture";

type Stack = Awaited<ReturnType<typeof openStack>>;

interface Dimension {
  actualCapacity: number;
  desiredCapacity: number;
  scalingStatus: "Pending" | "InProgress" | "Successful" | "Failed";
  version: string;
  failureReason?: string;
}

const ajv = new Ajv({ allErrors: true });
ajv.addSchema(JSON.parse(fs.readFileSync(path.join(__dirname, "customResourceContract.json"), "utf8")));

function assertContract(definition: "dimension" | "error", answer: RawAnswer): void {
  const validate = ajv.getSchema(`customResourceContract#/definitions/${definition}`);
  assert.ok(validate);
  assert.ok(validate(answer.json), `${answer.status} ${answer.text}: ${ajv.errorsText(validate.errors)}`);
  assert.match(String(answer.headers["content-type"]), /^application\/json/);
}

describe("the scaling API against the contract of aws-auto-scaling-custom-resource", function () {
  this.timeout(60_000);
  let stack: Stack;
  beforeEach(async () => {
    stack = await openStack();
    await suspendPolicies();
  });
  afterEach(() => stack.server.close());

  /** Without traffic the program's own policies would scale in after ten minutes: here the test alone asks for capacity. */
  async function suspendPolicies(): Promise<void> {
    const { cloud, deployment } = stack;
    const SuspendedState = { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true, ScheduledScalingSuspended: true };
    for (const id of ["dev-stream", "dev-flink"]) {
      const target = {
        ServiceNamespace: "custom-resource",
        ScalableDimension: "custom-resource:ResourceType:Property",
        ResourceId: `${deployment.outputs.endpoint}/scalableTargetDimensions/${id}`,
      };
      await cloud.call("application-autoscaling", "RegisterScalableTarget", { ...target, SuspendedState }, cloud.deployer);
    }
  }

  async function ask(method: "GET" | "PATCH", id: string, body?: string): Promise<RawAnswer> {
    const url = `${new URL(stack.apiUrl).pathname}/scalableTargetDimensions/${id}`;
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    return send(
      stack.server.port,
      await signed(stack.server.port, { method, path: url, headers, body }, { service: "execute-api" }),
    );
  }

  /** A 200 answer in the contract's shape; its numbers are doubles in the text too. */
  async function dimension(method: "GET" | "PATCH", id: string, body?: string): Promise<Dimension> {
    const answer = await ask(method, id, body);
    assert.equal(answer.status, 200, answer.text);
    assertContract("dimension", answer);
    for (const field of ["actualCapacity", "desiredCapacity"]) assert.match(answer.text, new RegExp(`"${field}":\\d+\\.\\d+`));
    return answer.json as unknown as Dimension;
  }

  const passMinute = () => stack.cloud.clock.advanceTo(stack.cloud.clock.now() + minute);

  for (const [id, from, to] of [
    ["dev-stream", 8, 10],
    ["dev-flink", 16, 20],
  ] as const) {
    it(`answers Pending, InProgress and Successful in turn, with one version, while ${id} scales`, async () => {
      const before = await dimension("GET", id);
      assert.deepEqual([before.actualCapacity, before.desiredCapacity, before.scalingStatus], [from, from, "Successful"]);
      const seen = [await dimension("PATCH", id, `{"desiredCapacity": ${to}.0}`)];
      assert.deepEqual([seen[0]?.actualCapacity, seen[0]?.desiredCapacity, seen[0]?.scalingStatus], [from, to, "Pending"]);
      for (let minutes = 0; minutes < 10 && seen.at(-1)?.scalingStatus !== "Successful"; minutes++) {
        await passMinute();
        seen.push(await dimension("GET", id));
      }
      const statuses = seen.map(({ scalingStatus }) => scalingStatus);
      assert.deepEqual([...new Set(statuses)], ["Pending", "InProgress", "Successful"], statuses.join(" "));
      assert.deepEqual([seen.at(-1)?.actualCapacity, seen.at(-1)?.desiredCapacity], [to, to]);
      assert.deepEqual(new Set([before, ...seen].map(({ version }) => version)).size, 1);
    });
  }

  it("answers Failed with a reason when a change is given up, and the desired capacity is the actual one again", async () => {
    stack.cloud.kinesis.failNext("UpdateShardCount", "ResourceInUseException", { times: 100 });
    await dimension("PATCH", "dev-stream", '{"desiredCapacity": 9.0}');
    let last = await dimension("GET", "dev-stream");
    for (let minutes = 0; minutes < 20 && last.scalingStatus !== "Failed"; minutes++) {
      await passMinute();
      last = await dimension("GET", "dev-stream");
    }
    assert.equal(last.scalingStatus, "Failed");
    assert.deepEqual([last.actualCapacity, last.desiredCapacity], [8, 8]);
  });

  it("takes integers, doubles and exponents as the desired capacity", async () => {
    for (const [text, number] of [
      ["9", 9],
      ["9.0", 9],
      ["1.0e1", 10],
      ["1E1", 10],
    ] as const) {
      assert.equal((await dimension("PATCH", "dev-stream", `{"desiredCapacity":${text}}`)).desiredCapacity, number, text);
    }
  });

  it("answers 400, 403 and 404 with a message, and never 5xx", async () => {
    const bodies = [
      "",
      "{}",
      "[]",
      "null",
      "1",
      "{",
      '{"desiredCapacity":null}',
      '{"desiredCapacity":"9"}',
      '{"desiredCapacity":-1.0}',
    ];
    for (const body of bodies) {
      const answer = await ask("PATCH", "dev-stream", body);
      assert.equal(answer.status, 400, `${body}: ${answer.text}`);
      assertContract("error", answer);
    }
    const unknown = await ask("GET", "nobody");
    assert.equal(unknown.status, 404);
    assertContract("error", unknown);
    const url = `${new URL(stack.apiUrl).pathname}/scalableTargetDimensions/dev-stream`;
    const unsigned = await send(stack.server.port, { method: "GET", path: url });
    assert.equal(unsigned.status, 403);
    assertContract("error", unsigned);
  });
});
