import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { makeExisting, type StackConfig } from "../../sandbox/deploy/deploy";
import { installPackage } from "../support/installPackage";
import { whatIsThere } from "./support/left";
import { openStack, type Stack } from "./support/stack";

const root = path.resolve(__dirname, "../..");
const packed = path.join(root, ".cache", "engine");

/** `npm run test:package` has checked the types. */
const pulumi = "PULUMI_NODEJS_TRANSPILE_ONLY=true pulumi";

/** What of the account is there before, and so afterwards, by what lists it. */
const adopted = {
  stream: { existing: "clicks-prod", shards: 6 },
  application: { existing: "enrich-clicks", runtime: "FLINK-1_20", kpus: 6, parallelismPerKpu: 1 },
};
const examples: Record<string, { existing?: typeof adopted; left: string[] }> = {
  minimal: { left: [] },
  "two-pipelines": { left: [] },
  adopt: { existing: adopted, left: ["ListStreams", "ListApplications"] },
};

describe("the examples, with the packed package, on the real engine", () => {
  before(() => installPackage(packed));

  for (const [name, { existing, left }] of Object.entries(examples)) {
    describe(`examples/${name}`, () => {
      let stack: Stack;
      before(async () => {
        stack = openStack("dev", {
          lay: (folder) => {
            fs.cpSync(path.join(root, "examples", name), folder, { recursive: true });
            fs.symlinkSync(path.join(packed, "node_modules"), path.join(folder, "node_modules"));
            fs.mkdirSync(path.join(folder, "target"));
            for (const jar of ["orders.jar", "clicks.jar"]) fs.writeFileSync(path.join(folder, "target", jar), jar);
          },
        });
        if (existing) await makeExisting(stack.cloud, existing as unknown as StackConfig);
        await stack.advance(5);
        await stack.done("pulumi stack init dev");
        await stack.done("pulumi config set aws:region us-east-1");
      });
      after(() => stack.close());

      it("comes up, and nothing more is to change", async () => {
        await stack.done(`${pulumi} up --skip-preview`);
        await stack.advance(5);
        const { streamName, applicationName } = await stack.outputs();
        assert.equal(stack.cloud.flink.look(applicationName)?.status, "RUNNING");
        assert.ok(stack.cloud.kinesis.look(streamName));
        await stack.done(`${pulumi} preview --expect-no-changes`);
      });

      it(`is destroyed, which leaves ${left.length > 0 ? "what was there before" : "nothing"}`, async () => {
        await stack.done("pulumi destroy --skip-preview");
        assert.deepEqual(Object.keys(await whatIsThere(stack.cloud)), left);
      });
    });
  }
});
