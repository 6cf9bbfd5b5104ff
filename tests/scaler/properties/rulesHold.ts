import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { batchesOf } from "../../support/workers";
import { playAll, type Played } from "./parallel";
import { hostileScenario, hostileScenarios } from "./hostileScenario";
import { play } from "./play";
import { rules, type Rule } from "./rules";
import { scenario, scenarios } from "./scenario";
import type { Failure } from "./worker";

/** Scenarios that `npm test` plays. */
export const counts = { usual: 2_000, hostile: 1_000 };

const seed = 20_261_123;
const batchSize = 250;

/** Plays the scenarios of a kind, and asks of each rule whether it held in all of them. */
export function rulesHold(kind: keyof typeof counts, what: string): void {
  const count = counts[kind];
  let played: Played;

  before(async function () {
    this.timeout(600_000);
    played = await playAll(batchesOf(count, seed, batchSize).map((batch) => ({ hostile: kind === "hostile", ...batch })));
  });

  it(`is played in ${count} ${what}`, () => {
    assert.equal(played.played, count);
  });

  for (const rule of Object.keys(rules) as Rule[]) {
    it(rules[rule], async function () {
      this.timeout(120_000);
      const failures = played.failures.filter(({ broken }) => broken.some((one) => one.rule === rule));
      const first = failures[0];
      if (first) assert.fail(await explained(rule, failures.length, first));
    });
  }
}

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
