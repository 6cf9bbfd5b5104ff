import { strict as assert } from "node:assert";
import { playAll, type Played } from "../scaler/properties/parallel";
import { mutants } from "./mutants";

/** So many scenarios at most: what isn't caught by then would slip through `npm test`. */
const scenariosEach = 50;
const usualSeed = 20_261_123;

describe("a scaler with a mistake in it", () => {
  let played: Played;

  before(async function () {
    this.timeout(600_000);
    played = await playAll(
      mutants.map(({ name, breaks, seed = usualSeed }) => ({
        ...{ seed, count: scenariosEach, mutant: name, hostile: breaks !== undefined },
      })),
    );
  });

  for (const { name } of mutants) {
    it(`is caught when it ${name}`, () => {
      const result = played.results.find(({ batch }) => batch.mutant === name);
      assert.ok(result && result.failures.length > 0, `${result?.played ?? 0} scenarios and nothing broke`);
    });
  }
});
