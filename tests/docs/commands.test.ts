import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import { explainHelp } from "../../commands/explain/explainOptions";
import { scaleHelp } from "../../commands/scale/scaleOptions";

const text = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "commands.md"), "utf8");

describe("docs/commands.md", () => {
  it("quotes the help of scale", () => assert.ok(text.includes(scaleHelp.trimEnd())));
  it("quotes the help of explain", () => assert.ok(text.includes(explainHelp.trimEnd())));
});
