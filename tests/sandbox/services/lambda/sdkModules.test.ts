// Source: the sandbox's own
import assert = require("node:assert/strict");
import { members } from "../../../../sandbox/core/modelled";
import { serviceError } from "../../../../sandbox/core/serviceError";
import type { Service } from "../../../../sandbox/core/cloud";
import { allow, invoke, logging, makeFunction, platform } from "../../support/platform";

/** Looks at everything a client's caller can see. */
const probe = `
exports.handler = async () => {
  const sdk = await Promise.resolve().then(() => require("@aws-sdk/client-ssm"));
  const client = new sdk.SSMClient({ maxAttempts: 1 });
  const put = await client.send(new sdk.PutParameterCommand({ Name: "/a/b", Value: "1", Type: "String", Overwrite: true }));
  const got = await client.send(new sdk.GetParameterCommand({ Name: "/a/b" }));
  const pages = [];
  for await (const page of sdk.paginateGetParametersByPath({ client, pageSize: 1 }, { Path: "/a" })) pages.push(page.Parameters.map((p) => p.Name));
  let error;
  try { await client.send(new sdk.GetParameterCommand({ Name: "/none" })); } catch (e) {
    error = { name: e.name, message: e.message, isModelled: e instanceof sdk.ParameterNotFound, status: e.$metadata.httpStatusCode, fault: e.$fault };
  }
  let denied;
  try { await client.send(new sdk.DeleteParameterCommand({ Name: "/a/b" })); } catch (e) { denied = { name: e.name, isError: e instanceof Error }; }
  return { version: put.Version, value: got.Parameter.Value, modified: got.Parameter.LastModifiedDate.toISOString(), status: got.$metadata.httpStatusCode, pages, error, denied };
};`;

const expected = {
  version: 1,
  value: "1",
  modified: "2026-03-02T00:00:00.000Z",
  status: 200,
  pages: [["/a/b"]],
  error: { name: "ParameterNotFound", message: "Parameter /none not found.", isModelled: true, status: 400, fault: "client" },
  denied: { name: "AccessDeniedException", isError: true },
};

const permissions = [logging, allow(["ssm:PutParameter", "ssm:GetParameter", "ssm:GetParametersByPath"], "*")];

describe("AWS SDK in a function", () => {
  it("clients call the sandbox in the function's role; commands, paginators and error classes are the SDK's", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", probe, {}, permissions);
    assert.deepEqual((await invoke(cloud, "f")).value, expected);
  });

  it("the real clients see the same, through serialisation and error parsing", async () => {
    const cloud = platform({ realSdk: true });
    await makeFunction(cloud, "f", probe, {}, permissions);
    assert.deepEqual((await invoke(cloud, "f")).value, expected);
  });

  it("a package that isn't installed has commands and clients all the same", async () => {
    const seen: unknown[] = [];
    const sns: Service = {
      name: "s3",
      operations: {
        GetObject: (input) => {
          seen.push(input);
          throw serviceError("s3", "NoSuchKey", "The specified key does not exist.", 404);
        },
      },
      inputs: { GetObject: members("Bucket", "Key") },
      requirements: () => [],
    };
    const cloud = platform({}, [sns]);
    const text = `
      const { S3Client, GetObjectCommand } = require("@aws-sdk/client-s3");
      exports.handler = async () => {
        try { await new S3Client({}).send(new GetObjectCommand({ Bucket: "b", Key: "k" })); } catch (e) { return [e.name, e.message, e.$metadata.httpStatusCode]; }
      };`;
    await makeFunction(cloud, "f", text);
    assert.deepEqual((await invoke(cloud, "f")).value, ["NoSuchKey", "The specified key does not exist.", 404]);
    assert.deepEqual(seen, [{ Bucket: "b", Key: "k" }]);
  });
});
