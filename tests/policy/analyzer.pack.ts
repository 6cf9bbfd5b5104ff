import * as assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as services from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";

const pack = path.join(__dirname, "..", "..", ".cache", "policy");

/* eslint-disable @typescript-eslint/no-explicit-any -- protobuf messages of the pinned runtime are untyped there too */
describe("the policy pack as an analyzer", () => {
  let child: ChildProcess;
  let client: any;
  const ask = (method: string, request: any): Promise<any> =>
    new Promise((resolve, reject) =>
      client[method](request, (error: Error | null, answer: any) => (error ? reject(error) : resolve(answer))),
    );
  const found = (answer: any): string[] =>
    answer.getDiagnosticsList().map((one: any) => `${one.getPolicyname()}: ${one.getMessage().replace(/\s+/g, " ")}`);

  const analyzeStack = async (...stack: { type: string; props: object }[]) => {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(
      stack.map(({ type, props }) => {
        const resource = new messages.AnalyzerResource();
        resource.setType(type);
        resource.setName("jars");
        resource.setUrn(`urn:pulumi:dev::sluice::${type}::jars`);
        resource.setProperties(Struct.fromJavaScript(props as any));
        resource.setOptions(new messages.AnalyzerResourceOptions());
        return resource;
      }),
    );
    return found(await ask("analyzeStack", request));
  };

  before(async () => {
    child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "index.ts"], {
      cwd: pack,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout!.once("data", (printed: Buffer) => resolve(printed.toString().trim()));
      child.once("exit", (code) => reject(new Error(`the pack ended with ${code}`)));
    });
    client = new (services as any).AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });
  after(() => {
    client?.close();
    child.kill();
  });

  it("names its six rules, all mandatory", async () => {
    const info = await ask("getAnalyzerInfo", new Empty());
    assert.equal(info.getName(), "sluice");
    assert.deepEqual(
      info.getPoliciesList().map((one: any) => [one.getName(), one.getEnforcementlevel()]),
      ["encryption", "retention", "no-wildcards", "alarm-actions", "scaling-bounds", "iam-authorisation"].map((name) => [
        name,
        messages.EnforcementLevel.MANDATORY,
      ]),
    );
  });

  it("stops a resource that breaks a rule, before it is made", async () => {
    const analyze = async (props: object) => {
      const request = new messages.AnalyzeRequest();
      request.setType("aws:apigateway/method:Method");
      request.setName("get");
      request.setUrn("urn:pulumi:dev::sluice::aws:apigateway/method:Method::get");
      request.setProperties(Struct.fromJavaScript(props as any));
      request.setOptions(new messages.AnalyzerResourceOptions());
      return found(await ask("analyze", request));
    };
    const [one = "", ...more] = await analyze({ httpMethod: "GET", authorization: "NONE" });
    assert.match(one, /^iam-authorisation: .*The method's authorization is NONE; allowed is AWS_IAM\./);
    assert.deepEqual([...more, ...(await analyze({ httpMethod: "GET", authorization: "AWS_IAM" }))], []);
  });

  it("looks at the whole stack for what is told of one resource by another", async () => {
    const bucket = { type: "aws:s3/bucket:Bucket", props: { bucket: "jars" } };
    const config = {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      props: { bucket: "jars", rules: [] },
    };
    const [one = "", ...more] = await analyzeStack(bucket);
    assert.match(one, /^encryption: .*The bucket doesn't say how it is encrypted/);
    assert.deepEqual([...more, ...(await analyzeStack(bucket, config))], []);
  });

  it("judges the rest of a stack of which a preview doesn't know everything yet", async () => {
    // How the engine writes a text that is not known yet.
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const [one = "", other = "", ...more] = await analyzeStack(
      { type: "aws:sns/topic:Topic", props: { kmsMasterKeyId: unknown } },
      { type: "aws:kinesis/stream:Stream", props: { shardCount: 1 } },
    );
    assert.match(one, /^encryption: .*The stream is not encrypted/);
    assert.match(
      other,
      /^encryption: can't run policy 'encryption'.*during preview: string value at .kmsMasterKeyId can't be known/,
    );
    assert.deepEqual(more, []);
  });
});
