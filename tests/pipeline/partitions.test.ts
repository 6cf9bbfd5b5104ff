import * as assert from "node:assert/strict";
import { openSandbox, type Sandbox } from "../../sandbox/sandbox";
import { knownPartition } from "../../components/partition";
import { foreign } from "../support/foreign";
import { filesOf, phases } from "./support/pipelineRun";

for (const region of ["us-gov-west-1", "cn-north-1"]) {
  describe(`the program in ${region}`, function () {
    this.timeout(60_000);
    const partition = knownPartition(region)!;
    let sandbox: Sandbox;

    before(async () => {
      const files = filesOf("dev", { kmsKey: `arn:${partition.name}:kms:${region}:123456789012:key/${"0".repeat(36)}` });
      files.config["aws:region"] = region;
      const traffic = phases([5, 4_800], [60, 14_000]);
      sandbox = await openSandbox({ files, traffic, seed: 1, recordBytes: 500 });
    });

    it("names no ARN and no host of another partition", () => {
      const { resources, outputs } = sandbox.deployment;
      for (const { type, name, inputs, deployed } of resources)
        assert.deepEqual(foreign(JSON.stringify([inputs, deployed]), partition), [], `${type} ${name}`);
      assert.deepEqual(foreign(JSON.stringify(outputs), partition), []);
      const text = JSON.stringify(resources.map(({ inputs }) => inputs));
      assert.ok(text.includes(`arn:${partition.name}:kinesis:${region}:`));
      assert.ok(text.includes(`kinesis.${region}.${partition.dnsSuffix}\\"`), "kms:ViaService");
      assert.ok(text.includes(`arn:${partition.name}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`));
      assert.ok(outputs.endpoint.includes(`.execute-api.${region}.${partition.dnsSuffix}/`));
    });

    it("scales", async () => {
      await sandbox.advance(40);
      assert.ok(sandbox.cloud.kinesis.look(sandbox.deployment.outputs.streamName)!.openShards > 8);
    });
  });
}
