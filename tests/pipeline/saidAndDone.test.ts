import { strict as assert } from "node:assert";
import { pipelineWords } from "../../components/words/pipelineWords";
import { stackConfigs } from "../../sandbox/deploy/deploy";
import { filesOf, minutesSince, openPipeline, steady } from "./support/pipelineRun";

/** Both dimensions in the middle of their bounds, and quick to scale in. */
const config = {
  ...{ shards: 16, minShards: 2, kpus: 20, minKpus: 2, recordsPerKpuPerMinute: 30_000 },
  ...{ scaleInMinutes: 10, scaleInDatapoints: 10, scaleInCooldownSeconds: 600 },
};
const wordsOf = (more: object) => pipelineWords(stackConfigs(filesOf("dev", { ...config, ...more }))[0]!);

/** The first number behind `before`: "9,000" behind "out at". */
function numberBehind(before: RegExp, text = ""): number {
  const [, digits = ""] = new RegExp(`${before.source} ([\\d,]+)`).exec(text) ?? [];
  return Number(digits.replaceAll(",", "") || NaN);
}

/** The first change of a dimension in half an hour under this traffic, and after how many minutes it began. */
async function firstChange(dimension: "stream" | "flink", rate: number, more: object = {}) {
  const run = await openPipeline({ stack: "dev", config: { ...config, ...more }, traffic: steady(rate) });
  await run.advance(30);
  const change = run.changes.find((one) => one.dimension === dimension);
  return change && { from: change.from, to: change.to, minutes: minutesSince(run.begin, change.time) };
}

describe("what a stack's output says of its scaling is what happens", function () {
  this.timeout(60_000);
  const said = wordsOf({});
  for (const [dimension, words] of [["stream", said.stream] as const, ["flink", said.application] as const]) {
    const start = words["atStart"] ?? "";
    const from = numberBehind(/^at/, start);
    const within = numberBehind(/begins within about/, words["delay"]);
    const [out = "", back = ""] = start.split("; ");

    it(`${dimension}: at that many records it scales out, as far and as soon`, async () => {
      const change = await firstChange(dimension, numberBehind(/out at/, out) + 1);
      assert.deepEqual([change?.from, change?.to], [from, numberBehind(/to/, out.replace(/^.*minutes,/, ""))]);
      assert.ok(change && change.minutes <= within && change.minutes >= within - 2, `${change?.minutes} of ${within} minutes`);
    });

    it(`${dimension}: with less it doesn't`, async () => {
      assert.equal(await firstChange(dimension, numberBehind(/out at/, out) - 10), undefined);
    });

    it(`${dimension}: below that many it scales in, as far, and not sooner`, async () => {
      const change = await firstChange(dimension, numberBehind(/in below/, back) - 10);
      assert.deepEqual([change?.from, change?.to], [from, numberBehind(/to/, back.replace(/^.*minutes,/, ""))]);
      assert.ok(change && change.minutes >= 10, `${change?.minutes} minutes`);
    });

    it(`${dimension}: with more it doesn't`, async () => {
      assert.equal(await firstChange(dimension, numberBehind(/in below/, back) + 10), undefined);
    });
  }
});

describe("what it says of target tracking is what happens", function () {
  this.timeout(60_000);
  const tracking = { policy: "targetTracking" };
  const said = wordsOf(tracking);
  for (const [dimension, words] of [["stream", said.stream] as const, ["flink", said.application] as const]) {
    const start = words["atStart"] ?? "";
    const within = numberBehind(/begins within about/, words["delay"]);
    const [above, below] = [numberBehind(/out above/, start), numberBehind(/in below/, start)];
    const minutesOfIn = numberBehind(/for/, start.replace(/^.*; /, ""));

    it(`${dimension}: above that many records it scales out, as soon; below it doesn't`, async () => {
      const change = await firstChange(dimension, above * 1.01, tracking);
      assert.ok(change && change.to > change.from, JSON.stringify(change));
      assert.ok(change.minutes <= within && change.minutes >= within - 2, `${change.minutes} of ${within} minutes`);
      assert.equal(await firstChange(dimension, above * 0.99, tracking), undefined);
    });

    it(`${dimension}: below that many it scales in, not sooner; with more it doesn't`, async () => {
      const change = await firstChange(dimension, below * 0.99, tracking);
      assert.ok(change && change.to < change.from, JSON.stringify(change));
      assert.ok(change.minutes >= minutesOfIn, `${change.minutes} minutes`);
      assert.equal(await firstChange(dimension, below * 1.01, tracking), undefined);
    });
  }
});
