import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { initialise, openStack, type Stack } from "./support/stack";

const root = path.resolve(__dirname, "../..");
const withPack = `--policy-pack ${path.join(root, ".cache", "policy")}`;

const withBareLogGroup = `import * as aws from "@pulumi/aws";
import program = require("${root}/index");
export = () => {
  new aws.cloudwatch.LogGroup("bare");
  return program();
};
`;

describe("the policy pack with --policy-pack, on the real engine", () => {
  let stack: Stack;
  before(async () => {
    stack = openStack("dev");
    await initialise(stack, "dev");
  });
  after(() => stack.close());

  it("lets the stack pass", async () => {
    const { stdout } = await stack.done(`pulumi up --skip-preview ${withPack}`);
    assert.match(stdout, /✅ sluice@/);
  });

  it("ends the preview with a rule's sentence where another resource breaks it", async () => {
    const program = path.join(stack.folder, "index.ts");
    fs.rmSync(program);
    fs.writeFileSync(program, withBareLogGroup);
    const { code, stdout } = await stack.run(`pulumi preview ${withPack}`);
    assert.notEqual(code, 0);
    const broken = stdout.split("\n").filter((line) => line.includes("[mandatory]"));
    assert.deepEqual(
      broken.map((line) => line.trim()),
      ["- [mandatory]  retention  (aws:cloudwatch:LogGroup: bare)"],
    );
    assert.match(stdout, /The log group keeps its logs for ever: set retentionInDays\./);
  });
});
