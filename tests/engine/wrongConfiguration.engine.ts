import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { errorsIn, unindented } from "./support/errors";
import { whatIsThere } from "./support/left";
import { openStack, type Stack } from "./support/stack";
import { wrongConfigurations } from "./support/wrongConfigurations";

describe("a wrong configuration on the real engine", () => {
  let stack: Stack;
  const write = (config: object) => fs.writeFileSync(path.join(stack.folder, "Pulumi.wrong.yaml"), JSON.stringify({ config }));

  before(async () => {
    stack = openStack("wrong");
    write({});
    await stack.done("pulumi stack init wrong");
  });
  after(() => stack.close());

  for (const [name, { config, error }] of Object.entries(wrongConfigurations)) {
    it(`fails the preview with what to do, without a stack trace, before anything is made: ${name}`, async () => {
      write(config);
      const { code, stdout, stderr } = await stack.run("pulumi preview");
      assert.notEqual(code, 0);
      assert.deepEqual(errorsIn(`${stdout}\n${stderr}`).at(-1), unindented(error));
      assert.doesNotMatch(stdout + stderr, /^\s+at /m);
      assert.deepEqual(await whatIsThere(stack.cloud), {});
    });
  }
});
