import { strict as assert } from "node:assert";
import type { Call } from "../fakeAws";
import { invoke, scenario, scheduledEvent } from "../scenario";
import type { Scenario } from "../scenario";

const changes = ["UpdateShardCount", "SplitShard", "MergeShards", "UpdateApplication"];

function crash(): Error {
  return Object.assign(new Error("the Lambda was stopped"), { name: "Crash" });
}

/** Watches that a pipeline never has two changes at once, and that no update is made twice. */
function watch(one: Scenario): { begun: string[]; broken: string[] } {
  const seen = { begun: [] as string[], broken: [] as string[] };
  const { call } = one.aws;
  one.aws.call = async (service, operation, input) => {
    const under = [
      ...Object.values(one.aws.streams).map(({ status }) => status === "UPDATING"),
      ...Object.values(one.aws.applications).map(({ status }) => status === "UPDATING"),
    ].some(Boolean);
    const output = await call(service, operation, input);
    if (changes.includes(operation)) {
      if (under) seen.broken.push(`${operation} while another change was under way`);
      seen.begun.push(`${operation} ${JSON.stringify(input)}`);
    }
    return output;
  };
  return seen;
}

async function settled(one: Scenario, runs = 14): Promise<void> {
  await one.runs(runs);
  assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
  assert.equal((await one.get("dev-flink")).answer.scalingStatus, "Successful");
  assert.deepEqual([one.state("dev-stream").actual, one.state("dev-flink").actual], [12, 6]);
  assert.equal(one.state("dev-stream").turn, undefined);
}

async function asked(): Promise<Scenario> {
  const one = scenario({ shards: 8, kpus: 4 });
  await one.run();
  await one.patch("dev-stream", 12);
  await one.patch("dev-flink", 6);
  return one;
}

describe("a run that is stopped between any two calls", () => {
  for (const when of ["before", "after"] as const) {
    it(`loses no desired and makes no update twice: stopped ${when} each call`, async () => {
      for (let at = 0; at < 40; at++) {
        const one = await asked();
        const seen = watch(one);
        let count = 0;
        let dead = false;
        const { call } = one.aws;
        one.aws.call = async (service, operation, input) => {
          const mine = count++;
          if (dead || (mine === at && when === "before")) throw crash();
          const output = await call(service, operation, input);
          if (mine !== at) return output;
          dead = true;
          throw crash();
        };
        // The rest of the stopped run can't call anything either.
        for (let i = 0; i < 4; i++) {
          one.aws.complete();
          await one.run();
          if (dead || count > at) break;
        }
        dead = false;
        count = 1_000;
        await settled(one);
        assert.deepEqual(seen.broken, []);
        assert.equal(seen.begun.length, 2, `stopped ${when} call ${at}: ${seen.begun.join("; ")}`);
      }
    });
  }

  it("remembers the update that it was about to make in the day's ledger", async () => {
    const one = await asked();
    one.aws.before = ({ operation }) => {
      if (operation === "UpdateShardCount") throw crash();
    };
    await one.run();
    assert.equal(one.state("dev-stream").updates?.length, 1);
    assert.equal(one.state("dev-stream").change?.sent, false);
  });
});

/** Two minute runs at once: before its call number `at`, the first one stops until the second has run to its call `until`. */
async function interleaved(one: Scenario, at: number, until: number, time: number, later = 0): Promise<void> {
  let first = 0;
  let second = 0;
  let resume: () => void = () => {};
  const gate = new Promise<void>((resolve) => (resume = resolve));
  let started: Promise<unknown> | undefined;
  const { call } = one.aws;
  const tagged =
    (who: "first" | "second"): typeof call =>
    async (service, operation, input) => {
      if (who === "first" && first++ === at) {
        started = invoke({ ...one.aws, call: tagged("second") }, scheduledEvent(time + later), one.lines).finally(resume);
        await gate;
      }
      if (who === "second" && second++ === until) {
        resume();
        await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return call(service, operation, input);
    };
  await invoke({ ...one.aws, call: tagged("first") }, scheduledEvent(time), one.lines);
  await started;
}

describe("two runs at once", () => {
  it("never begin two changes of a pipeline, wherever they interleave", async () => {
    for (const later of [0, 60_000]) {
      for (let at = 0; at < 9; at++) {
        for (let until = 0; until < 10; until++) {
          const one = await asked();
          const seen = watch(one);
          one.now += 60_000;
          await interleaved(one, at, until, one.now, later);
          assert.deepEqual(seen.broken, [], `${at} ${until}`);
          assert.ok(seen.begun.length <= 1, `${at} ${until}: ${seen.begun.join("; ")}`);
          one.now += later;
          await settled(one);
          assert.deepEqual(seen.broken, []);
          assert.equal(seen.begun.length, 2, `${at} ${until}: ${seen.begun.join("; ")}`);
          assert.equal(one.state("dev-stream").updates?.length, 1, "the day's ledger holds the one update");
        }
      }
    }
  });

  it("begin one change when a PATCH comes between what they read", async () => {
    for (let at = 1; at < 9; at++) {
      for (let until = 0; until < 10; until++) {
        const one = scenario({ shards: 8, kpus: 4 });
        await one.run();
        await one.patch("dev-flink", 6);
        const seen = watch(one);
        let patched = false;
        one.aws.before = async ({ operation }: Call) => {
          if (operation !== "DescribeStreamSummary" || patched) return;
          patched = true;
          await one.patch("dev-stream", 12);
        };
        one.now += 60_000;
        await interleaved(one, at, until, one.now);
        assert.ok(seen.begun.length <= 1, `${at} ${until}: ${seen.begun.join("; ")}`);
        await settled(one);
        assert.deepEqual(seen.broken, []);
        assert.equal(seen.begun.length, 2);
      }
    }
  });
});
