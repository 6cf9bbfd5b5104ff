import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import { episodes, stackShapes } from "./episode";
import { loopMutants } from "./mutants";
import { playEpisodesAll } from "./parallel";
import { loopRules, type LoopRule } from "./rules";
import type { LoopBatch, LoopResult } from "./worker";

/** A production episode costs four of dev's. */
const batches: readonly LoopBatch[] = [
  ...[1, 2, 3, 4].map((seed) => ({ seed, count: 45, stack: "dev" as const })),
  ...[1, 2].map((seed) => ({ seed, count: 10, stack: "prod" as const })),
];
const count = batches.reduce((sum, batch) => sum + batch.count, 0);
/** So many episodes at most, until a mistake is caught. */
const episodesEach = 12;

describe("the whole loop under faults", () => {
  let played: Awaited<ReturnType<typeof playEpisodesAll>>;

  before(async function () {
    this.timeout(600_000);
    played = await playEpisodesAll(batches);
  });

  it(`is played in ${count} random episodes`, () => {
    assert.equal(played.played, count);
  });

  for (const rule of Object.keys(loopRules) as LoopRule[]) {
    it(loopRules[rule], () => {
      const failures = played.failures.filter(({ broken }) => broken.some((one) => one.rule === rule));
      const first = failures[0];
      const { minute, what } = first?.broken.find((one) => one.rule === rule) ?? {};
      if (first)
        assert.fail(
          `${failures.length} episodes, first ${first.stack} ${first.index} of seed ${first.seed}, minute ${minute}: ${what}`,
        );
    });
  }

  it("keeps rules that docs/scaler.md lists", () => {
    const text = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "scaler.md"), "utf8");
    for (const rule of Object.values(loopRules)) assert.ok(text.includes(`- ${rule}\n`), rule);
    assert.ok(text.includes(`${count} random episodes in \`npm test\``));
  });

  it("is the same episode for the same seed and number", () => {
    assert.deepEqual(episodes(7, 2, stackShapes.dev)[1], episodes(7, 5, stackShapes.dev)[1]);
  });
});

describe("a stack with a mistake in it", () => {
  let results: LoopResult[];

  before(async function () {
    this.timeout(600_000);
    const mutants = Object.entries(loopMutants).map(([mutant, { seed }]) => ({
      seed,
      count: episodesEach,
      stack: "dev" as const,
      mutant,
    }));
    results = (await playEpisodesAll(mutants)).results;
  });

  for (const mutant of Object.keys(loopMutants)) {
    it(`is caught when it ${mutant}`, () => {
      const result = results.find(({ batch }) => batch.mutant === mutant);
      assert.ok(
        result && result.failures.length > 0,
        `${episodesEach} episodes and "${loopMutants[mutant]?.breaks}" was not broken`,
      );
    });
  }
});
