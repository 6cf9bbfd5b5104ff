import { strict as assert } from "node:assert";
import { parseConfigOptions, type ConfigOptions } from "../../../commands/config/configOptions";
import { problemsOf } from "../problems";

const problems = (...args: string[]) => problemsOf(() => parseConfigOptions(args), "config");

describe("the options of config", () => {
  it("name the stack dev unless told otherwise", () => {
    assert.deepEqual(parseConfigOptions([]), {
      stack: "dev",
      configFile: undefined,
      diff: undefined,
      pipeline: undefined,
      json: false,
    });
  });

  it("are all read", () => {
    const all = parseConfigOptions("--stack prod --config-file a/b.yaml --diff dev --pipeline orders --json".split(" "));
    assert.deepEqual(all, { stack: "prod", configFile: "a/b.yaml", diff: "dev", pipeline: "orders", json: true });
  });

  it("name a stack by its file, as npm start does", () => {
    const file = "examples/stacks/Pulumi.lag-driven.yaml";
    const { stack, configFile } = parseConfigOptions(["--config-file", file]) as ConfigOptions;
    assert.deepEqual([stack, configFile], ["lag-driven", file]);
    assert.deepEqual(problems("--config-file", "lag.yaml"), [
      "--config-file names no stack unless it is Pulumi.NAME.yaml; say --stack NAME",
    ]);
  });

  it("are refused with every problem at once", () => {
    assert.deepEqual(problems("prod", "--stack", "../x", "--diff", "--json"), [
      '--stack must be a stack\'s name (letters, digits, - _ .), got "../x"',
      "--diff needs a value: --diff NAME",
      'unexpected argument "prod"; a stack is named so: npm run config -- --stack NAME',
    ]);
    assert.deepEqual(problems("--pipeline", "a b"), [`--pipeline must be a pipeline's name (letters, digits, -), got "a b"`]);
    assert.deepEqual(problems("--diff", "dev"), ['--diff must be another stack than --stack, got "dev" for both']);
  });

  it("give help", () => assert.equal(parseConfigOptions(["-h"]), "help"));
});
