import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import { batchesOf } from "../../support/workers";
import { playAll, type Played } from "./parallel";
import { hostileScenario, hostileScenarios } from "./hostileScenario";
import { play } from "./play";
import { rules, type Rule } from "./rules";
import { scenario, scenarios } from "./scenario";
import type { Failure } from "./worker";

const runs = 2_000;
const hostileRuns = 1_000;
const seed = 20_261_123;
const batchSize = 250;

describe("the scaler under faults", () => {
  let played: Played;

  before(async function () {
    this.timeout(300_000);
    const hostile = batchesOf(hostileRuns, seed, batchSize).map((batch) => ({ hostile: true, ...batch }));
    played = await playAll([...batchesOf(runs, seed, batchSize), ...hostile]);
  });

  it(`is played in ${runs} random scenarios of two to six hours each, and in ${hostileRuns} of what nobody meant to happen`, () => {
    assert.equal(played.played, runs + hostileRuns);
  });

  for (const rule of Object.keys(rules) as Rule[]) {
    it(rules[rule], async function () {
      this.timeout(120_000);
      const failures = played.failures.filter(({ broken }) => broken.some((one) => one.rule === rule));
      const first = failures[0];
      if (first) assert.fail(await explained(rule, failures.length, first));
    });
  }

  it("keeps rules that docs/scaler.md lists", () => {
    const text = fs.readFileSync(path.join(__dirname, "..", "..", "..", "docs", "scaler.md"), "utf8");
    for (const rule of Object.values(rules)) assert.ok(text.includes(`- ${rule}\n`), rule);
    assert.ok(text.includes(`${(runs + hostileRuns).toLocaleString("en")} random scenarios in \`npm test\``));
  });

  it("is the same scenario for the same seed and number, so that a failure can be played again", async () => {
    assert.deepEqual(hostileScenarios(7, 1)[0], hostileScenarios(7, 3)[0]);
    const [first] = scenarios(7, 1);
    const [again] = scenarios(7, 3);
    assert.deepEqual(first, again);
    assert.deepEqual(await play(scenarios(7, 1)[0] as never), await play(scenarios(7, 3)[0] as never));
  });
});

/** The smallest scenario that fast-check finds in half a minute. */
async function explained(rule: Rule, count: number, { seed: of, index, hostile }: Failure): Promise<string> {
  const property = fc.asyncProperty(hostile ? hostileScenario : scenario, async (one) => {
    const broken = (await play(one)).find((each) => each.rule === rule);
    if (broken) throw new Error(`minute ${broken.minute}: ${broken.what}`);
  });
  const { counterexample, errorInstance } = await fc.check(property, {
    ...{ seed: of, path: String(index), numRuns: index + 1, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  });
  const smallest = JSON.stringify(counterexample?.[0] ?? (hostile ? hostileScenarios : scenarios)(of, index + 1)[index]);
  return `${count} scenarios, first ${hostile ? "hostile number" : "number"} ${index} of seed ${of}: ${String(errorInstance)}\nsmallest: ${smallest}`;
}
