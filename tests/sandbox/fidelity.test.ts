import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import { fidelityRules, fidelityRulesFile, ruleRooms } from "../../scripts/fidelityRules";
import { ruleFiles, type Rule, type RuleFile } from "../../scripts/ruleFiles";

const here = __dirname;

/** Tests for which no line "// Source:" counts. */
function withoutSource({ source, rules }: Pick<RuleFile, "source" | "rules">): string[] {
  if (source !== undefined) return [];
  return rules.flatMap((rule: Rule) =>
    rule.isTest && rule.source === undefined ? [rule.title] : withoutSource({ source: rule.source, rules: rule.inner }),
  );
}

describe("docs/fidelity-rules.md", () => {
  const rooms = Object.keys(ruleRooms);

  it("is what the tests give (made with: node -r ./sandbox/register.js scripts/fidelityRules.ts)", () => {
    assert.equal(fs.readFileSync(fidelityRulesFile, "utf8"), fidelityRules());
  });

  it("has the tests of every service, of the wire and of the AWS provider", () => {
    const services = fs.readdirSync(path.join(here, "services")).map((name) => `services/${name}`);
    assert.deepEqual([...services, "wire", "deploy/awsProvider.test.ts"].sort(), [...rooms].sort());
  });

  it("has a source for each test", () => {
    const files = rooms.flatMap((room) => ruleFiles(path.join(here, room)));
    assert.ok(files.length > 70);
    assert.deepEqual(
      files.flatMap((file) => withoutSource(file).map((title) => `${path.relative(here, file.file)}: ${title}`)),
      [],
    );
  });
});
