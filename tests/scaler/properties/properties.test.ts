import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import { hostileScenarios } from "./hostileScenario";
import { play } from "./play";
import { rules } from "./rules";
import { counts, rulesHold } from "./rulesHold";
import { scenarios } from "./scenario";

describe("the scaler under faults", () => {
  rulesHold("usual", "random scenarios of two to six hours each");

  it("keeps rules that docs/scaler.md lists", () => {
    const text = fs.readFileSync(path.join(__dirname, "..", "..", "..", "docs", "scaler.md"), "utf8");
    for (const rule of Object.values(rules)) assert.ok(text.includes(`- ${rule}\n`), rule);
    assert.ok(text.includes(`${(counts.usual + counts.hostile).toLocaleString("en")} random scenarios in \`npm test\``));
  });

  it("is the same scenario for the same seed and number, so that a failure can be played again", async () => {
    assert.deepEqual(hostileScenarios(7, 1)[0], hostileScenarios(7, 3)[0]);
    const [first] = scenarios(7, 1);
    const [again] = scenarios(7, 3);
    assert.deepEqual(first, again);
    assert.deepEqual(await play(scenarios(7, 1)[0] as never), await play(scenarios(7, 3)[0] as never));
  });
});
