import { strict as assert } from "node:assert";
import { Phase, virtualClock } from "../../../sandbox/core/clock";
import type { Aws } from "../../../scaler/aws/clients";
import { longestCallMs } from "../../../scaler/aws/clients";
import { inTime, lastCallMs } from "../../../scaler/aws/deadline";
import type { Timer } from "../../../scaler/aws/deadline";
import { awsError } from "../fakeAws";
import { flinkConfig, invoke, parametersOf, scheduledEvent, start, streamConfig } from "../scenario";

const functionSeconds = 55;

/** Pipelines of which every call hangs but the one that reads the parameters, in virtual time. */
function hanging(pipelines: number) {
  const clock = virtualClock(start);
  const parameters = Array.from({ length: pipelines }, (_, i) => ({
    ...parametersOf(`s${i}`, { ...streamConfig, pipeline: `p${i}` }),
    ...parametersOf(`f${i}`, { ...flinkConfig, pipeline: `p${i}` }),
  })).flatMap((one) => Object.entries(one).map(([Name, [Value]]) => ({ Name, Value, Version: 1 })));
  const passes = (milliseconds: number) =>
    new Promise<void>((resolve) => void clock.at(clock.now() + milliseconds, Phase.Invoke, resolve));
  const aws: Aws = {
    pause: passes,
    async call(_service, operation) {
      if (operation === "GetParametersByPath") return { Parameters: parameters } as never;
      await passes(longestCallMs);
      throw awsError("TimeoutError", `no answer of ${operation}`);
    },
  };
  const timer: Timer = (milliseconds, then) => clock.at(clock.now() + milliseconds, Phase.Complete, then);
  /** Seconds that the work takes. */
  const took = async (work: Promise<unknown>) => {
    let over = false;
    void work.finally(() => (over = true));
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (over) return (clock.now() - start) / 1_000;
      await clock.advanceTo(clock.now() + 50);
    }
  };
  return { aws, timer, took };
}

describe("the time of an invocation", () => {
  it("leaves the longest call before the function's 55 s", () => assert.ok(lastCallMs + longestCallMs < functionSeconds * 1_000));

  for (const pipelines of [2, 100, 600]) {
    it(`bounds a run of ${pipelines} pipelines of which every call hangs, and each is told`, async () => {
      const { aws, timer, took } = hanging(pipelines);
      const lines: string[] = [];
      const seconds = await took(inTime(aws, (timed) => invoke(timed, scheduledEvent(start), lines), timer));
      assert.ok(seconds < functionSeconds, `${seconds} s`);
      const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.equal(told.filter((line) => line["ScalerErrors"] === 1).length, 2 * pipelines);
      assert.equal(new Set(told.flatMap((line) => (line["sluice"] === "error" ? line["id"] : []))).size, 2 * pipelines);
      const untold = "DescribeStreamSummary was not called: the run's 45 s are over, the next one goes on";
      assert.equal(
        lines.some((line) => line.includes(untold)),
        pipelines === 600,
      );
    });
  }

  it("over, nothing waits any more", async () => {
    const pauses: number[] = [];
    const aws: Aws = { pause: async (milliseconds) => void pauses.push(milliseconds), call: async () => ({}) as never };
    let over = () => {};
    await inTime(
      aws,
      async (timed) => {
        await timed.pause(7);
        assert.deepEqual(await timed.call("ssm", "GetParameter", { Name: "a" }), {});
        over();
        await timed.pause(8);
        await assert.rejects(timed.call("ssm", "GetParameter", { Name: "a" }), {
          ...{ name: "TimeoutError", message: "ssm:GetParameter was not called: the run's 45 s are over, the next one goes on" },
        });
      },
      (_milliseconds, then) => ((over = then), () => undefined),
    );
    assert.deepEqual(pauses, [7]);
  });

  it("leaves no timer behind, whatever becomes of the work", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    // mocha's own has begun by then.
    await new Promise((resolve) => setImmediate(resolve));
    const before = timers();
    const { aws } = hanging(0);
    assert.equal(await inTime(aws, async () => timers() - before), 1);
    await assert.rejects(
      inTime(aws, () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(timers(), before);
  });
});
