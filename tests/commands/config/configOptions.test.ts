import { strict as assert } from "node:assert";
import { parseConfigOptions } from "../../../commands/config/configOptions";
import { problemsOf } from "../problems";

const problems = (...args: string[]) => problemsOf(() => parseConfigOptions(args), "config");

describe("the options of config", () => {
  it("name the stack dev unless told otherwise", () => {
    assert.deepEqual(parseConfigOptions([]), { stack: "dev", diff: undefined, pipeline: undefined, json: false });
  });

  it("are all read", () => {
    const all = parseConfigOptions("--stack prod --diff dev --pipeline orders --json".split(" "));
    assert.deepEqual(all, { stack: "prod", diff: "dev", pipeline: "orders", json: true });
  });

  it("are refused with every problem at once", () => {
    assert.deepEqual(problems("prod", "--stack", "../x", "--diff", "--json"), [
      '--stack must be a stack\'s name (letters, digits, - _ .), got "../x"',
      "--diff needs a value: --diff NAME",
      'unexpected argument "prod"; a stack is named by --stack NAME',
    ]);
    assert.deepEqual(problems("--pipeline", "a b"), [`--pipeline must be a pipeline's name (letters, digits, -), got "a b"`]);
    assert.deepEqual(problems("--diff", "dev"), ['--diff must be another stack than --stack, got "dev" for both']);
  });

  it("give help", () => assert.equal(parseConfigOptions(["-h"]), "help"));
});
