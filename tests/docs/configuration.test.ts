import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import { configurationTable } from "../../scripts/configurationTable";

const root = path.join(__dirname, "..", "..");
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");

describe("docs/configuration.md", () => {
  it("has the table of Pulumi.yaml's keys (made with: node -r ts-node/register scripts/configurationTable.ts)", () => {
    assert.ok(read("docs/configuration.md").includes(configurationTable(read("Pulumi.yaml"))));
  });
});
