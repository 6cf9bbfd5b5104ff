import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { shortened } from "../../scaler/decide/words";
import { isBroken, readOne, stateText, writeDesired } from "../../scaler/aws/parameters";
import type { Stored } from "../../scaler/aws/parameters";
import { parseConfig, parseDesired, parseState } from "../../scaler/aws/parse";
import type { ApiEvent } from "../../scaler/api/answerApi";
import type { DimensionState } from "../../scaler/types";
import { apiEvent, environment, flinkConfig, invoke, minute, parametersOf, scenario, start, streamConfig } from "./scenario";
import { lagMetric } from "./lagMetric";

/** A state with every field, as a run could have written it. */
const full: Required<DimensionState> = {
  actual: 8,
  seen: "3:1",
  settled: { desired: 8, of: "3:1", at: start, reason: "why", failed: true },
  change: { call: "UpdateShardCount", from: 4, to: 8, at: start, sent: true, begun: true },
  pendingSince: start,
  blocked: { of: "3:1", since: start, reason: "why" },
  attempts: { since: start, count: 2, next: start + minute },
  updates: [[start / minute, 4]],
  refusedAt: start,
  plan: { from: 4, to: 6, since: start },
  backoff: { out: { to: 8, minutes: 10, until: start + 10 * minute, reason: "why" } },
  restUntil: start + 10 * minute,
  putBackAt: start,
  reshardedAt: start,
  foreignSince: start,
  unseenSince: start,
  gone: "why",
  ran: start,
  start: { version: 3, at: start, count: 2, next: start + 10 * minute, reason: "why" },
  noted: 8,
  turn: { id: "dev-stream", at: start },
};

const wrongValues = [null, true, "x", -1, 1.5, 1e300, [], [[1]], {}, { at: "soon" }];

describe("a state that is read", () => {
  it("is the one that was written", () => {
    assert.deepEqual(parseState(JSON.parse(stateText(full, start)), "stream", start), full);
    assert.deepEqual(parseState({}, "stream", start), {});
  });

  const strings = ["seen", "gone"];
  for (const field of Object.keys(full) as (keyof DimensionState)[]) {
    it(`is none when ${field} is of another kind`, () => {
      for (const value of wrongValues) {
        if (strings.includes(field) && typeof value === "string") continue;
        if (field === "updates" && Array.isArray(value) && value.length === 0) continue;
        if (field === "backoff" && JSON.stringify(value) === "{}") continue;
        assert.equal(parseState({ ...full, [field]: value }, "stream", start), undefined, JSON.stringify(value));
      }
    });
  }

  it("is none when a time in it lies ahead: it would hold what it is about for ever", () => {
    const ahead = start + 4 * minute;
    const cases: Partial<DimensionState>[] = [
      { pendingSince: ahead },
      { turn: { id: "x", at: ahead } },
      { restUntil: ahead + 60 * minute },
      { updates: [[ahead / minute, 4]] },
      { backoff: { in: { to: 4, minutes: 60, until: ahead + 60 * minute, reason: "" } } },
      { attempts: { since: start, count: 1, next: ahead + 60 * minute } },
    ];
    for (const one of cases) assert.equal(parseState(one, "stream", start), undefined, JSON.stringify(one));
    for (const one of cases) assert.deepEqual(parseState(one, "stream"), one, "an API request's time says nothing of it");
  });

  it("has the calls of its kind, and leaves out what it doesn't know", () => {
    const { change } = full;
    assert.equal(parseState({ change }, "flink", start), undefined);
    assert.equal(parseState({ change: { ...change, call: "UpdateApplication" } }, "stream", start), undefined);
    assert.deepEqual(parseState({ actual: 8, more: "x".repeat(9_000) }, "stream", start), { actual: 8 });
  });

  it("fits its parameter, whatever the reasons' letters", () => {
    for (const letter of ["\u0000", '"', "ü", "漢", "\ud800"]) {
      const reason = letter.repeat(300);
      const one = scenarioText(reason);
      assert.ok(Buffer.byteLength(one) <= 4_096, `${Buffer.byteLength(one)} bytes of ${JSON.stringify(letter)}`);
    }
  });
});

function scenarioText(reason: string): string {
  const cut = shortened(reason);
  const backoff = { to: 8, minutes: 10, until: start, reason: cut };
  const updates = Array.from({ length: 300 }, (): [number, number] => [start / minute, 100_000]);
  return stateText(
    {
      ...full,
      ...{ gone: cut, updates, backoff: { out: backoff, in: backoff } },
      ...{ settled: { ...full.settled, reason: cut }, blocked: { ...full.blocked, reason: cut } },
    },
    start,
  );
}

describe("a configuration that is read", () => {
  const flink = { ...flinkConfig, lag: lagMetric, lagLimitSeconds: 60 };
  for (const [config, fields] of [
    [streamConfig, ["name", "pipeline", "mode", "min", "max", "updatesPerDay"]],
    [
      flink,
      ["name", "mode", "min", "max", "parallelismPerKpu", "maxParallelism", "drainAfterReshard", "checkpointIntervalSeconds"],
    ],
    [flink, ["lag", "lagLimitSeconds"]],
  ] as const) {
    for (const field of fields) {
      it(`of a ${config.kind} names ${field} when it is of another kind`, () => {
        assert.deepEqual(parseConfig({ ...config }), config);
        for (const value of [null, -1, 1.5, 1e300, "", [], "\u0000".repeat(600), { dimensions: 1 }]) {
          const problem = parseConfig({ ...config, [field]: value });
          assert.ok(
            typeof problem === "string" && problem.includes(field),
            `${field} ${JSON.stringify(value)}: ${String(problem)}`,
          );
        }
      });
    }
  }

  it("has a kind, bounds in order and at least one subtask", () => {
    for (const value of [null, [], "x", { kind: "topic" }, {}]) assert.equal(typeof parseConfig(value), "string");
    assert.equal(parseConfig({ ...streamConfig, min: 9, max: 8 }), "max missing or out of range");
    assert.equal(parseConfig({ ...streamConfig, max: 1_000_001 }), "max missing or out of range");
    assert.equal(parseConfig({ ...flinkConfig, parallelismPerKpu: 0 }), "parallelismPerKpu missing or out of range");
    assert.equal(parseConfig({ ...flinkConfig, maxParallelism: 0 }), "maxParallelism missing or out of range");
  });
});

describe("a desired that is read", () => {
  it("is a whole number of units and a time, or nothing", () => {
    assert.deepEqual(parseDesired({ desired: 8, at: 5, more: 1 }), { desired: 8, at: 5 });
    assert.equal(parseDesired({}), undefined);
    for (const value of [null, [], "x", 3, { desired: 8 }, { at: 5 }, { desired: 1.5, at: 5 }, { desired: 2e6, at: 5 }])
      assert.equal(parseDesired(value), "broken", JSON.stringify(value));
    for (const at of [-1, 9e15, NaN, "5"]) assert.equal(parseDesired({ desired: 8, at }), "broken");
  });

  it("costs a minute when it is broken: what is there is adopted, and the next request replaces it", async () => {
    const one = scenario();
    await one.run();
    one.aws.parameters["/sluice/dev/dev-stream/desired"]?.push('{"desired":"many"}');
    await one.run();
    assert.ok(one.lines.some((line) => line.includes("parameter desired of dev-stream is broken")));
    assert.equal(one.metrics("ScalerErrors", "dev-stream").at(-1)?.value, 1);
    assert.equal((await one.patch("dev-stream", 12)).statusCode, 200);
    await one.runs(3);
    assert.equal(one.state("dev-stream").actual, 12);
  });
});

describe("any JSON in any parameter", () => {
  const near = fc.constantFrom<unknown>(full, streamConfig, flinkConfig, { desired: 8, at: start });
  const field = fc.constantFrom(...Object.keys(full), ...Object.keys(flinkConfig), "desired", "at", "__proto__", "constructor");
  const spoiled = fc.oneof(
    fc.jsonValue(),
    fc.tuple(near, field, fc.jsonValue()).map(([value, key, with_]) => ({ ...(value as object), [key]: with_ })),
  );

  it("costs its own dimension a minute, and nobody else anything", async () => {
    const example = fc.record({
      id: fc.constantFrom("dev-stream", "dev-flink"),
      kind: fc.constantFrom("config", "desired", "state"),
      spoiled,
    });
    await fc.assert(
      fc.asyncProperty(example, async ({ id, kind, spoiled: value }) => {
        const one = scenario();
        await one.run();
        const versions = one.aws.parameters[`/sluice/dev/${id}/${kind}`] ?? [];
        const good = versions.at(-1) ?? "";
        versions.push(JSON.stringify(value));
        const other = id === "dev-stream" ? "dev-flink" : "dev-stream";
        await one.patch(other, 6);
        for (const method of ["GET", "PATCH"]) {
          const answer = await answerOf(one, apiEvent(method, id, one.now + 1_000, '{"desiredCapacity":7}'));
          assert.ok(answer < 500, `${method} answered ${answer}`);
        }
        await one.run();
        if (kind === "config") versions.push(good);
        await one.runs(20);
        // A state that could be one is believed: its refusals last an hour.
        one.now += 70 * minute;
        await one.run();
        await one.patch(id, 5);
        await one.runs(30);
        assert.deepEqual([one.state(other).actual, one.state(id).actual], [6, 5]);
        for (const text of one.aws.parameters[`/sluice/dev/${id}/state`]?.slice(-1) ?? [])
          assert.ok(Buffer.byteLength(text) <= 4_096);
      }),
      { numRuns: 300, seed: 13 },
    );
  }).timeout(60_000);
});

async function answerOf(one: ReturnType<typeof scenario>, event: ApiEvent): Promise<number> {
  return (await invoke(one.aws, event, one.lines))?.statusCode ?? 0;
}

describe("names that are special to the language", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"];
  for (const name of names) {
    it(`are names of dimensions and pipelines like others: ${name}`, async () => {
      const one = scenario({ flink: false, stream: { pipeline: name } });
      const found = parametersOf(name, { ...streamConfig, name: "orders", pipeline: name });
      for (const [path, texts] of Object.entries(found)) one.aws.parameters[path] = texts;
      await one.run();
      assert.equal(one.state(name).actual, 8);
      assert.equal((await one.get(name)).statusCode, 200);
      await one.patch(name, 9);
      await one.runs(2);
      assert.equal(one.aws.streams["orders"]?.shards.length, 9);
      const missing = await answerOf(one, apiEvent("GET", `${name}x`, one.now));
      assert.equal(missing, 404);
      assert.equal(Object.keys(Object.prototype).length, 0);
    });
  }
});

describe("requests of any time", () => {
  it("are 400 where they have none", async () => {
    const one = scenario();
    for (const time of [undefined, null, "now", NaN, -1, 9e15, Infinity]) {
      const event = {
        ...apiEvent("PATCH", "dev-stream", 0, '{"desiredCapacity":7}'),
        requestContext: { requestTimeEpoch: time },
      };
      assert.equal(await answerOf(one, event as ApiEvent), 400, String(time));
    }
    assert.deepEqual(one.desired("dev-stream"), {});
  });

  it("far from now are given up by the next run, and keep no later request out", async () => {
    for (const time of [0, start + 1e12]) {
      const one = scenario({ flink: false });
      await one.run();
      await answerOf(one, apiEvent("PATCH", "dev-stream", time, '{"desiredCapacity":16}'));
      await one.runs(4);
      assert.equal(one.state("dev-stream").actual, 8);
      assert.equal((await one.patch("dev-stream", 12)).answer.desiredCapacity, 12);
      await one.runs(3);
      assert.equal(one.state("dev-stream").actual, 12);
    }
  });
});

describe("two requests at once", () => {
  async function race(first: number, second: number): Promise<{ desired: number; written: number; answered: string[] }> {
    const one = scenario({ flink: false });
    await one.run();
    const read = async () => {
      const stored = await readOne(one.aws, environment.prefix, "dev-stream");
      assert.ok(stored && !isBroken(stored));
      return stored as Stored;
    };
    const [a, b] = [await read(), await read()];
    const write = (entry: Stored, desired: number, at: number) =>
      writeDesired(one.aws, environment.prefix, entry, { desired, at });
    const answers = [await write(a, 12, start + first), await write(b, 20, start + second)];
    return {
      desired: one.desired("dev-stream").desired,
      written: one.aws.called("PutParameter").filter(({ Name }) => String(Name).endsWith("desired")).length,
      answered: answers.map(({ record, key }) => `${record.desired} ${key}`),
    };
  }

  it("leave the newer one, whichever is written first", async () => {
    assert.deepEqual(await race(1_000, 2_000), {
      desired: 20,
      written: 2,
      answered: [`12 2:${start + 1_000}`, `20 3:${start + 2_000}`],
    });
    assert.deepEqual(await race(2_000, 1_000), {
      desired: 12,
      written: 3,
      answered: [`12 2:${start + 2_000}`, `12 4:${start + 2_000}`],
    });
    assert.equal((await race(1_000, 1_000)).desired, 20, "of two at the same time the last one written");
  });

  it("leave the later one written where the other's time lies far ahead", async () => {
    assert.equal((await race(1e12, 1_000)).desired, 20);
  });
});

describe("a stream in on-demand mode", () => {
  it("scales by AWS's hand: that is adopted, and no update of the day", async () => {
    const one = scenario({ flink: false });
    const stream = one.aws.streams["orders"];
    assert.ok(stream);
    stream.onDemand = true;
    await one.run();
    for (const keep of [4, 6, 3]) {
      stream.shards = Array.from({ length: keep }, (_, i) => ({ id: `o${keep}-${i}`, first: BigInt(i) }));
      await one.run();
      assert.equal(one.state("dev-stream").settled?.desired, keep);
      assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
    }
    assert.equal(one.state("dev-stream").updates, undefined);
  });
});

describe("an application whose KPUs another hand gave more subtasks", () => {
  it("is counted in KPUs as they are now, and stays within maxParallelism", async () => {
    const one = scenario({ kpus: 32, flink: { max: 64 } });
    const application = one.aws.applications["enrich"];
    assert.ok(application);
    await one.run();
    application.parallelismPerKpu = 4;
    await one.runs(3);
    assert.equal(application.parallelism, 128, "8 KPUs are put back to 32 once");
    assert.equal(one.state("dev-flink").actual, 32);
    await one.patch("dev-flink", 64);
    await one.runs(20);
    assert.equal(application.parallelism, 128);
    assert.match((await one.get("dev-flink")).answer.failureReason ?? "", /maxParallelism 128 allows no more than 32 KPUs/);
  });
});
