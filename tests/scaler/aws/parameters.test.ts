import { strict as assert } from "node:assert";
import type { Aws } from "../../../scaler/aws/clients";
import { isBroken, readAll, readOne, stateText, writeDesired, writeState } from "../../../scaler/aws/parameters";
import type { Stored } from "../../../scaler/aws/parameters";
import { fakeAws } from "../fakeAws";
import type { FakeAws } from "../fakeAws";
import { minute, parametersOf, scenario, start, streamConfig } from "../scenario";

const name = "/sluice/dev/dev-stream/state";
const context = (aws: Aws) => ({ aws, prefix: "/sluice/dev", stack: "dev", now: start });

async function read(aws: FakeAws): Promise<Stored> {
  const stored = await readOne(aws, "/sluice/dev", "dev-stream");
  assert.ok(stored && !isBroken(stored));
  return stored;
}

function parameters(): FakeAws {
  const aws = fakeAws();
  Object.assign(aws.parameters, parametersOf("dev-stream", streamConfig));
  return aws;
}

describe("the state parameter", () => {
  it("is written only when it changes", async () => {
    const aws = parameters();
    const stored = await read(aws);
    assert.equal(await writeState(context(aws), stored, { actual: 8 }), "written");
    assert.equal(await writeState(context(aws), stored, { actual: 8 }), "unchanged");
    assert.equal(await writeState(context(aws), await read(aws), { actual: 8, change: undefined }), "unchanged");
    assert.equal(aws.parameters[name]?.length, 2);
  });

  it("has one text for one state, in whatever order its fields came", () => {
    assert.equal(
      stateText({ plan: { from: 1, to: 2, since: 3 }, actual: 8 }, start),
      stateText({ actual: 8, plan: { from: 1, to: 2, since: 3 } }, start),
    );
  });

  it("forgets updates that no longer count", () => {
    assert.equal(stateText({ actual: 8, updates: [[start / minute - 2_000, 4]] }, start), '{"actual":8}');
  });

  it("goes back to the other run's word when that wrote in between", async () => {
    const aws = parameters();
    const ours = await read(aws);
    const theirs = await read(aws);
    assert.equal(await writeState(context(aws), theirs, { actual: 9 }), "written");
    assert.equal(await writeState(context(aws), ours, { actual: 7 }), "lost");
    assert.deepEqual(aws.parameter(name), { actual: 9 });
  });

  it("keeps its own word against another run's when a call was made", async () => {
    const aws = parameters();
    const ours = await read(aws);
    const theirs = await read(aws);
    await writeState(context(aws), theirs, { actual: 9 });
    assert.equal(await writeState(context(aws), ours, { actual: 7 }, true), "written");
    assert.deepEqual(aws.parameter(name), { actual: 7 });
  });
});

describe("a desired that is accepted while the minute run gives up an older one", () => {
  it("is not lost, whatever the clocks say", async () => {
    for (const clock of [-90_000, 0, 90_000]) {
      const one = scenario({ flink: false });
      await one.run();
      const stream = one.aws.streams["orders"];
      if (stream) stream.onDemand = true;
      await one.patch("dev-stream", 12);
      for (let i = 0; i < 15; i++) await one.run();
      let patched = false;
      one.aws.before = async ({ operation }) => {
        if (operation !== "DescribeStreamSummary" || patched) return;
        patched = true;
        const record = { desired: 20, at: one.now + clock };
        one.aws.parameters["/sluice/dev/dev-stream/desired"]?.push(JSON.stringify(record));
      };
      await one.run();
      assert.equal(one.decisions().at(-1)?.action, "giveUp");
      if (stream) stream.onDemand = false;
      await one.runs(5);
      assert.equal(one.state("dev-stream").actual, 20);
    }
  });
});

describe("a state that is too long", () => {
  const updates = (count: number) => Array.from({ length: count }, (_, i): [number, number] => [start / minute, 100_000 + i]);
  /** A state whose text has so many bytes. */
  const ofBytes = (bytes: number) => {
    const state = { gone: "", updates: updates(100) };
    return { ...state, gone: "x".repeat(bytes - stateText(state, start).length) };
  };

  it("keeps everything up to 4,096 bytes, beyond them the last 40 updates", () => {
    const whole = ofBytes(4_096);
    assert.deepEqual(JSON.parse(stateText(whole, start)), whole);
    const longer = ofBytes(4_097);
    assert.deepEqual(JSON.parse(stateText(longer, start)), { gone: longer.gone, updates: updates(100).slice(-40) });
  });
});

describe("two writers of one state", () => {
  const put = (aws: FakeAws) => aws.called("PutParameter").length;

  it("leave the other's word, and the one that lost it writes no more", async () => {
    const aws = parameters();
    const [ours, theirs] = [await read(aws), await read(aws)];
    await writeState(context(aws), theirs, { actual: 9 });
    assert.equal(await writeState(context(aws), ours, { actual: 7 }), "lost");
    assert.equal(put(aws), 3);
    assert.equal(await writeState(context(aws), ours, { actual: 6 }), "lost");
    assert.equal(await writeState(context(aws), ours, { actual: 6 }, true), "lost");
    assert.equal(put(aws), 3);
    for (const { Overwrite } of aws.called("PutParameter")) assert.equal(Overwrite, true);
  });

  it("leave the other's word also where the answer to the one that lost it was lost", async () => {
    const aws = parameters();
    const [ours, theirs] = [await read(aws), await read(aws)];
    await writeState(context(aws), theirs, { actual: 9 });
    const deaf = (done: boolean, error: string): Aws => {
      let failed = false;
      return {
        ...aws,
        async call(service, operation, input) {
          if (operation !== "PutParameter" || failed) return aws.call(service, operation, input);
          failed = true;
          if (done) await aws.call(service, operation, input);
          throw Object.assign(new Error("no answer"), { name: error });
        },
      };
    };
    assert.equal(await writeState(context(deaf(true, "TimeoutError")), ours, { actual: 7 }), "lost");
    assert.deepEqual(aws.parameter(name), { actual: 9 });
    const alone = await read(aws);
    assert.equal(await writeState(context(deaf(true, "TimeoutError")), alone, { actual: 8 }), "written");
    const refused = async (error: string) => writeState(context(deaf(false, error)), await read(aws), { actual: 6 });
    await assert.rejects(refused("TimeoutError"), { name: "TimeoutError" });
    const reads = aws.called("GetParameter").length;
    await assert.rejects(refused("ThrottlingException"), { name: "ThrottlingException" });
    assert.deepEqual([aws.parameter(name), aws.called("GetParameter").length], [{ actual: 8 }, reads]);
  });

  it("write nothing back where both say the same, or the other's word can't be read", async () => {
    const aws = parameters();
    const [ours, theirs] = [await read(aws), await read(aws)];
    await writeState(context(aws), theirs, { actual: 9 });
    assert.equal(await writeState(context(aws), ours, { actual: 9 }), "lost");
    assert.equal(put(aws), 2);
    const silent = { ...(await read(aws)), stateVersion: 1 };
    const answers: typeof aws.call = async (service, operation, input) =>
      operation === "GetParameter" ? ({} as never) : aws.call(service, operation, input);
    assert.equal(await writeState(context({ ...aws, call: answers }), silent, { actual: 5 }), "lost");
    assert.deepEqual([put(aws), aws.parameter(name)], [3, { actual: 5 }]);
  });
});

describe("a desired that is written", () => {
  it("is read back only where another one came between", async () => {
    const aws = parameters();
    const stored = await read(aws);
    const first = { desired: 12, at: start };
    assert.deepEqual(await writeDesired(aws, "/sluice/dev", stored, first), { record: first, key: `2:${start}` });
    assert.equal(aws.called("GetParameter").length, 0);
    const second = { desired: 16, at: start + 1_000 };
    assert.deepEqual(await writeDesired(aws, "/sluice/dev", stored, second), { record: second, key: `3:${start + 1_000}` });
    assert.equal(aws.called("GetParameter").length, 1, "the one before was another's, and older");
    const again = await read(aws);
    assert.deepEqual([again.key, again.desiredVersion, again.record], [`3:${start + 1_000}`, 3, second]);
  });
});

describe("the parameters of a stack", () => {
  const ids = async (aws: FakeAws) => (await readAll(aws, "/sluice/dev", start)).map(({ id }) => id);

  it("are by id, however SSM lists them, without what is no dimension's", async () => {
    const aws = fakeAws();
    for (const id of ["b", "c", "a"]) Object.assign(aws.parameters, parametersOf(id, streamConfig));
    for (const other of ["a/config/more", "a/notes", "d/state", "notes", "/config"])
      aws.parameters[`/sluice/dev/${other}`] = ["{}"];
    const first = async () => {
      const [one] = await readAll(aws, "/sluice/dev", start);
      return one && !isBroken(one) ? one.config : one;
    };
    assert.deepEqual(await ids(aws), ["a", "b", "c"]);
    assert.deepEqual(await first(), streamConfig, "a/config/more is none of it");
    const { call } = aws;
    aws.call = async (service, operation, input) => {
      const page = (await call(service, operation, input)) as { Parameters: { Name?: string }[] };
      return { ...page, Parameters: [{}, ...page.Parameters.reverse()] } as never;
    };
    assert.deepEqual(await ids(aws), ["a", "b", "c"]);
    assert.deepEqual(await first(), streamConfig, "wherever SSM lists it");
  });

  it("that are missing are told together", async () => {
    const aws = parameters();
    for (const kind of ["desired", "state"]) delete aws.parameters[`/sluice/dev/dev-stream/${kind}`];
    const missing = (what: string) => [
      { id: "dev-stream", problem: `parameter ${what} of dev-stream is missing: run pulumi up`, state: undefined },
    ];
    assert.deepEqual(await readAll(aws, "/sluice/dev", start), missing("desired and state"));
    delete aws.parameters["/sluice/dev/dev-stream/config"];
    assert.equal(await readOne(aws, "/sluice/dev", "dev-stream"), undefined);
  });

  it("without their config are a dimension all the same, whose change is known", async () => {
    const aws = parameters();
    const change = { call: "UpdateShardCount", from: 4, to: 8, at: start, sent: true };
    aws.parameters[name] = [JSON.stringify({ change })];
    delete aws.parameters["/sluice/dev/dev-stream/config"];
    assert.deepEqual(await readAll(aws, "/sluice/dev", start), [
      { id: "dev-stream", problem: "parameter config of dev-stream is missing: run pulumi up", state: { change } },
    ]);
  });

  it("that can be done without cost a problem each, with words", async () => {
    const aws = parameters();
    aws.parameters["/sluice/dev/dev-stream/desired"] = ["[]"];
    aws.parameters[name] = ["x"];
    const { problems, state, stateBroken, record } = await read(aws);
    assert.deepEqual(problems, [
      'parameter desired of dev-stream is broken: it must be {} or {"desired": <count>, "at": <ms>}; what is there is adopted',
      "parameter state of dev-stream is not a state: begun anew, what is there is adopted",
    ]);
    assert.deepEqual([state, stateBroken, record], [{}, true, undefined]);
    const { problems: none, stateBroken: broken } = await read(parameters());
    assert.deepEqual([none, broken], [[], false]);
  });

  it("are read in pages; a throttled one is asked for again, five times in all, with pauses that grow", async () => {
    const throttled = (times: number) => {
      const aws = parameters();
      const error = Object.assign(new Error("slow"), { name: "ThrottlingException" });
      aws.faults.push({ operation: "GetParametersByPath", error, times });
      return aws;
    };
    const patient = throttled(4);
    assert.deepEqual([await ids(patient), patient.pauses], [["dev-stream"], [1_000, 2_000, 3_000, 4_000]]);
    await assert.rejects(ids(throttled(5)), { name: "ThrottlingException" });
    const denied = parameters();
    denied.faults.push({
      operation: "GetParametersByPath",
      error: Object.assign(new Error("no"), { name: "AccessDenied" }),
      times: 1,
    });
    await assert.rejects(ids(denied), { name: "AccessDenied" });
  });
});
