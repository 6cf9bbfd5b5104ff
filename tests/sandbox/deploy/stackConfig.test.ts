import { strict as assert } from "node:assert";
import { isUsersMistake } from "../../../sandbox/inputError";
import { checkedStack, projectFolder, stackConfig } from "../../../sandbox/deploy/deploy";
import { withCode } from "../../../sandbox/deploy/standInCode";
import { readStackFiles } from "../../../sandbox/deploy/stackFiles";
import { openSandbox } from "../../../sandbox/sandbox";

const files = readStackFiles(projectFolder, "dev");
const withConfig = (config: Record<string, unknown>) => ({ ...files, config: { ...files.config, ...config } });
const { "aws:region": _region, ...noRegion } = files.config;

describe("a stack's configuration in the sandbox", () => {
  it("is refused with every problem and without a stack trace where keys have no value, before anything is deployed", async () => {
    const wrong = withConfig({ "sluice:kpus": null, "sluice:streamName": null, "sluice:minShards": "two" });
    await assert.rejects(
      openSandbox({ files: wrong, traffic: { name: "none", rate: () => 0 }, recordBytes: 1, seed: 1 }),
      (error: Error) => {
        assert.ok(isUsersMistake(error));
        assert.match(error.message, /^Configuration of stack dev has 3 problems:\n/);
        assert.match(error.message, /sluice:kpus = null: it has no value; remove the line, or allowed is a whole number/);
        assert.match(error.message, /sluice:streamName = null: it has no value/);
        assert.match(error.message, /sluice:minShards = "two": /);
        return true;
      },
    );
  });

  it("is refused where values are encrypted, whose text only pulumi knows", () => {
    const secret = { "sluice:kmsKey": { secure: "AAAB" }, "sluice:properties": { Job: { password: { secure: "AAAB" } } } };
    assert.throws(() => checkedStack(withConfig(secret)), {
      name: "StackError",
      message: "Encrypted, so that only `pulumi` can read it: sluice:kmsKey, sluice:properties. The sandbox needs a plain value.",
    });
  });

  it("has the region that the program finds: the stack's, else the environment's, else none, which is refused", () => {
    assert.equal(stackConfig(files, { AWS_REGION: "eu-west-1" }).region, files.config["aws:region"]);
    assert.equal(stackConfig({ ...files, config: noRegion }, { AWS_REGION: "eu-west-1" }).region, "eu-west-1");
    assert.equal(stackConfig({ ...files, config: noRegion }, { AWS_DEFAULT_REGION: "eu-west-3" }).region, "eu-west-3");
    for (const nowhere of [{ ...files, config: noRegion }, withConfig({ "aws:region": null })]) {
      assert.throws(() => stackConfig(nowhere, {}), { name: "ConfigError", message: /has 1 problem:\n.*aws:region/ });
    }
  });

  it("needs no code, for a model runs in the job's place; code that is named is kept", () => {
    assert.ok(!files.config["sluice:codeJar"], "the shipped stack names none");
    assert.equal(stackConfig(files).application.codeJar, "the-model.jar");
    assert.equal(stackConfig(withConfig({ "sluice:codeJar": "my.jar" })).application.codeJar, "my.jar");
    const inS3 = stackConfig(withConfig({ "sluice:codeBucket": "jars", "sluice:codeKey": "my.jar" })).application;
    assert.deepEqual([inS3.codeJar, inS3.codeBucket], [undefined, "jars"]);
    assert.throws(() => stackConfig(withConfig({ "sluice:codeKey": "my.jar" })), /needs both codeBucket and codeKey/);
    assert.equal(stackConfig(withConfig({ "sluice:existingApplication": "counter" })).application.codeJar, undefined);
  });

  it("needs none for any of several pipelines either", () => {
    const pipelines = { orders: {}, clicks: { codeJar: "clicks.jar" }, views: { existingApplication: "counter" } };
    const { pipelines: several } = checkedStack(withConfig({ "sluice:pipelines": pipelines }));
    const code = Object.values(several?.pipelines ?? {}).map(({ application }) => application.codeJar ?? application.existing);
    assert.deepEqual(code, ["the-model.jar", "clicks.jar", "counter"]);
    const all = withConfig({ "sluice:pipelines": { orders: { codeJar: "orders.jar" } } });
    assert.equal(withCode(all), all);
  });
});
