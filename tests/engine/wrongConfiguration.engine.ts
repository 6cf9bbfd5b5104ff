import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { openStack, type Stack } from "./support/stack";
import { whatIsThere } from "./support/left";

const right = {
  "aws:region": "us-east-1",
  "sluice:recordsPerKpuPerMinute": 30000,
  "sluice:codeBucket": "jobs",
  "sluice:codeKey": "job.jar",
};
const advice = "Set a key with: pulumi config set sluice:KEY VALUE (or in Pulumi.wrong.yaml). Pulumi.yaml describes every key.";

/** What stands in the stack's file, and the error that `pulumi preview` ends with. */
const wrong: Record<string, { config: Record<string, unknown>; error: string }> = {
  "an unknown key, a code without its second half and no region, all at once": {
    config: { "sluice:recordsPerKpuPerMinute": 30000, "sluice:codeKey": "job.jar", "sluice:shard": 4 },
    error: `error: Configuration of stack wrong has 3 problems:
  sluice:codeBucket = "": an S3 location needs both codeBucket and codeKey. Set it too.
  sluice:shard = "4": there is no such key; the nearest is shards. Correct or remove it.
  sluice:(aws:region) = "": allowed is an AWS region of the partitions aws, aws-cn and aws-us-gov; run: pulumi config set aws:region us-east-1.
${advice}`,
  },
  // The CLI's own, before the program runs.
  "a key without a value": {
    config: { ...right, "sluice:shards": null },
    error: "error: validating stack config: Stack 'wrong' with configuration key 'shards' must be of type 'integer'",
  },
  "a text where a number belongs": {
    config: { ...right, "sluice:shards": "many" },
    error: "error: validating stack config: Stack 'wrong' with configuration key 'shards' must be of type 'integer'",
  },
};

describe("a wrong configuration on the real engine", () => {
  let stack: Stack;
  const write = (config: object) => fs.writeFileSync(path.join(stack.folder, "Pulumi.wrong.yaml"), JSON.stringify({ config }));

  before(async () => {
    stack = openStack("wrong");
    write({});
    await stack.done("pulumi stack init wrong");
  });
  after(() => stack.close());

  for (const [name, { config, error }] of Object.entries(wrong)) {
    it(`fails the preview with what to do, without a stack trace, before anything is made: ${name}`, async () => {
      write(config);
      const { code, stdout, stderr } = await stack.run("pulumi preview");
      assert.notEqual(code, 0);
      assert.deepEqual(errorIn(`${stdout}\n${stderr}`), unindented(error));
      assert.doesNotMatch(stdout + stderr, /^\s+at /m);
      assert.deepEqual(await whatIsThere(stack.cloud), {});
    });
  }
});

/** The last error that was shown, to the next empty line. */
function errorIn(text: string): string[] {
  const lines = unindented(text);
  const first = lines.findLastIndex((line) => line.startsWith("error: "));
  const end = lines.indexOf("", first);
  return lines.slice(first, end < 0 ? undefined : end);
}

const unindented = (text: string) => text.split("\n").map((line) => line.trim());
