import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { validatePipelines, type PipelineArgs } from "../../../components";
import { mostPipelines, pipelinesPerPolicy, rolePolicies } from "../../../components/scaler/rolePolicies";
import { record, resourcesOf } from "../../support/recorder";

/** Names are 128 characters at most ("CreateStream", "CreateApplication"); of AWS's regions none is longer than this one in any partition. */
const longestName = (index: number) => `${index}`.padStart(128, "n");
const arn = (service: string, kind: string, index: number) =>
  `arn:aws-us-gov:${service}:ap-southeast-1:123456789012:${kind}/${longestName(index)}`;

const pipelinesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    streamArn: arn("kinesis", "stream", index),
    applicationArn: arn("kinesisanalytics", "application", index),
  }));

const made = (count: number) =>
  record(() => {
    const parent = new pulumi.ComponentResource("test:index:Parent", "scaler");
    return { policies: rolePolicies("scaler", "role", pipelinesOf(count), parent).length };
  });

const documents = async (count: number) =>
  resourcesOf(await made(count), "aws:iam/policy:Policy").map(({ inputs }) => String(inputs["policy"]));

// Source: "IAM and AWS STS quotas"
describe("policies of a scaler's role for pipelines that are known together", () => {
  it("hold 6,144 characters each, as many pipelines with the longest names as fit", async () => {
    const [full] = await documents(pipelinesPerPolicy);
    assert.ok(full!.length <= 6_144, `${full!.length} characters`);
    const [one] = await documents(1);
    const [two] = await documents(2);
    assert.ok(full!.length + two!.length - one!.length > 6_144, "one more would fit");
  });

  it("are ten at most, and each pipeline is in one of them", async () => {
    const all = await documents(mostPipelines);
    assert.equal(all.length, 10);
    for (const { streamArn, applicationArn } of pipelinesOf(mostPipelines))
      for (const one of [streamArn, applicationArn]) assert.equal(all.filter((text) => text.includes(`"${one}"`)).length, 1);
    const attached = resourcesOf(await made(mostPipelines), "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    assert.deepEqual([attached.length, new Set(attached.map(({ inputs }) => inputs["role"])).size], [10, 1]);
  });

  it("name the stream's actions for streams alone and the application's for applications alone", async () => {
    const [text] = await documents(2);
    const { Statement } = JSON.parse(text!) as { Statement: { Action: string[]; Resource: string[] }[] };
    for (const { Action, Resource } of Statement) {
      const services = [...Action, ...Resource.map((one) => one.split(":").slice(2).join(":"))].map((word) => word.split(":")[0]);
      assert.equal(new Set(services).size, 1);
      assert.equal(Resource.length, 2);
    }
  });

  it("are counted before anything is registered", () => {
    const application = { codeJar: "a.jar", recordsPerKpuPerMinute: 1 };
    const pipelines = (count: number): Record<string, PipelineArgs> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, { application }]));
    assert.deepEqual(validatePipelines({ pipelines: pipelines(140) }), []);
    const [problem, ...more] = validatePipelines({ pipelines: pipelines(141) });
    assert.deepEqual(more, []);
    assert.equal(problem?.path, "pipelines");
    assert.match(problem!.text, /a scaler's role may scale 140 pipelines at most/);
  });
});
