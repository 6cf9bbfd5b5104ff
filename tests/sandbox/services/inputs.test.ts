// Source: The service models of the AWS SDK for JavaScript
import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  listedSection,
  refusedSection,
  sdkClients,
  sdkOperations,
  type AwsMembers,
  type AwsOperations,
} from "../../../scripts/refusedInputs";
import type { Service, ServiceName, Shape } from "../../../sandbox/core/cloud";
import { isValues, type Members, type Modelled } from "../../../sandbox/core/modelled";
import { createCloud } from "../../../sandbox/createCloud";

const root = path.join(__dirname, "..", "..", "..");
const cloud = createCloud({ start: Date.UTC(2026, 0, 5), seed: 1, region: "us-east-1" });
const serviceOf = (name: ServiceName): Service => cloud.services.get(name)!;

const folders: Partial<Record<ServiceName, string>> = {
  "application-autoscaling": "applicationAutoScaling",
  kinesisanalytics: "flink",
};

/** Paths of a structure's members, outermost first. */
function paths(members: AwsMembers, at: readonly string[] = []): string[][] {
  return Object.entries(members).flatMap(([name, inner]) => [[...at, name], ...(inner ? paths(inner, [...at, name]) : [])]);
}

/** Where a path leaves what is modelled: the member that isn't; undefined: all of it is. */
function unmodelledAt(path: readonly string[], members: Members): string | undefined {
  let known: Modelled = members;
  for (const [depth, name] of path.entries()) {
    if (typeof known === "string") return undefined;
    if (isValues(known)) return undefined;
    if (!Object.hasOwn(known, name)) return path.slice(0, depth + 1).join(".");
    known = known[name]!;
  }
  return undefined;
}

/** An input that has nothing but the path: as structures, or with every structure in a list. */
function inputOf([name, ...inner]: readonly string[], value: unknown, inLists: boolean): Shape {
  const member = inner.length === 0 ? value : inputOf(inner, value, inLists);
  return { [name!]: inLists ? [member] : member };
}

async function refused(service: ServiceName, operation: string, input: Shape): Promise<{ name: string; message: string }> {
  try {
    await cloud.call(service, operation, input, cloud.deployer);
    return { name: "", message: "" };
  } catch (error) {
    return error as Error;
  }
}

describe("inputs", () => {
  for (const [name, client] of sdkClients) {
    const service = serviceOf(name);
    const aws: AwsOperations = sdkOperations(require(client));

    it(`of ${name}: each member of AWS's model is modelled, or refused by its name`, async () => {
      for (const [operation, members] of Object.entries(aws)) {
        if (!service.operations[operation]) {
          assert.equal((await refused(name, operation, {})).name, "UnknownOperationException", operation);
          continue;
        }
        for (const path of paths(members)) {
          const expected = unmodelledAt(path, service.inputs[operation]!);
          for (const inLists of [false, true]) {
            const { message } = await refused(name, operation, inputOf(path, {}, inLists));
            const said = /^The sandbox does not model ([\w.[\]]+) of /.exec(message)?.[1]?.replaceAll("[0]", "");
            assert.equal(said, expected, `${operation} ${path.join(".")}: ${message}`);
          }
        }
      }
    });

    it(`of ${name}: no member is said to be modelled that AWS hasn't, or that nothing reads`, () => {
      const source = sourceOf(folders[name] ?? name);
      for (const [operation, members] of Object.entries(service.inputs)) {
        assert.ok(service.operations[operation] && aws[operation], operation);
        for (const path of paths(asAws(members))) {
          const known = path.reduce<AwsMembers | undefined>(
            (at, name) => at?.[name] ?? (at && name in at ? {} : undefined),
            aws[operation],
          );
          assert.ok(known || newer.has(path.at(-1)!), `${operation} ${path.join(".")}: AWS has no such member`);
          const leaf = path.at(-1)!;
          assert.ok(unread[name]?.includes(leaf) || isRead(source, leaf), `${operation} ${path.join(".")}: nothing reads it`);
        }
      }
      assert.deepEqual(Object.keys(service.operations).sort(), Object.keys(service.inputs).sort());
    });

    it(`of ${name}: docs/fidelity-inputs.md lists what is refused`, () => {
      assert.equal(listedSection(name), refusedSection(service, aws));
    });
  }

  it("refuse values that aren't modelled, and say which are", async () => {
    const input = { Name: "a", Value: "b", Type: "String", DataType: "aws:ec2:image" };
    const { name, message } = await refused("ssm", "PutParameter", input);
    assert.equal(name, "ValidationException");
    assert.equal(message, 'The sandbox does not model DataType "aws:ec2:image" of ssm:PutParameter; it models "text".');
  });

  // Source: the sandbox's own
  it("take no names from Object's prototype for members", async () => {
    const { message } = await refused("kinesis", "ListStreams", { constructor: {} });
    assert.match(message, /does not model constructor of kinesis:ListStreams/);
  });
});

// Source: Policy evaluation logic: cross-account access
describe("ARNs of other accounts and regions", () => {
  const ofOwn = (members: Members, at: string[] = []): string[][] =>
    Object.entries(members).flatMap(([name, known]) => {
      if (known === "ownArn") return [[...at, name]];
      return typeof known === "string" || isValues(known) ? [] : ofOwn(known, [...at, name]);
    });

  for (const service of cloud.services.values()) {
    it(`are not found by ${service.name}, whatever is here by that name`, async () => {
      for (const [operation, members] of Object.entries(service.inputs)) {
        for (const path of ofOwn(members)) {
          for (const [region, account, partition, expected] of [
            [cloud.region, "999999999999", "aws", /^AccessDenied(Exception)?$/],
            ["eu-west-1", cloud.account, "aws", /NotFound/],
            [cloud.region, cloud.account, "aws-cn", /NotFound/],
          ] as const) {
            const arn = `arn:${partition}:${service.name}:${region}:${account}:${service.name === "lambda" ? "function:x" : "stream/x"}`;
            const value = path.at(-1)!.endsWith("s") ? [arn] : arn;
            const { name, message } = await refused(service.name, operation, inputOf(path, value, false));
            assert.match(name, expected, `${operation} ${path.join(".")} ${arn}: ${message}`);
            assert.ok(message.includes(arn), message);
          }
        }
      }
    });
  }

  for (const [name, client] of sdkClients) {
    it(`of ${name}: every member that is an ARN is looked at, or only kept and handed on`, () => {
      const aws = sdkOperations(require(client));
      for (const [operation, members] of Object.entries(serviceOf(name).inputs)) {
        const own = new Set(ofOwn(members).map((path) => path.join(".")));
        for (const path of paths(aws[operation]!)) {
          const leaf = path.at(-1)!;
          if (!/arn$/i.test(leaf) || unmodelledAt(path, members) !== undefined || handedOn.has(leaf)) continue;
          assert.ok(own.has(path.join(".")), `${operation} ${path.join(".")}`);
        }
      }
    });
  }

  it("are told from one's own in every partition", async () => {
    const gov = createCloud({ start: Date.UTC(2026, 0, 5), seed: 1, region: "us-gov-west-1" });
    await gov.call("kinesis", "CreateStream", { StreamName: "x", ShardCount: 1 }, gov.deployer);
    const look = (partition: string) => {
      const StreamARN = `arn:${partition}:kinesis:us-gov-west-1:${gov.account}:stream/x`;
      return gov.call("kinesis", "DescribeStreamSummary", { StreamARN }, gov.deployer);
    };
    await look("aws-us-gov");
    await assert.rejects(look("aws"), { name: "ResourceNotFoundException" });
  });

  it("find no stream, parameter, log group, topic or function that has the name in them", async () => {
    const call = (service: ServiceName, operation: string, input: Shape) => cloud.call(service, operation, input, cloud.deployer);
    await call("kinesis", "CreateStream", { StreamName: "x", ShardCount: 1 });
    await call("ssm", "PutParameter", { Name: "x", Value: "v", Type: "String" });
    await call("logs", "CreateLogGroup", { logGroupName: "x" });
    await call("sns", "CreateTopic", { Name: "x" });
    const other = { kinesis: "stream/x", ssm: "parameter/x", logs: "log-group:x", sns: "x" };
    const arn = (service: keyof typeof other) => `arn:aws:${service}:eu-west-1:${cloud.account}:${other[service]}`;
    for (const [service, operation, input] of [
      ["kinesis", "DescribeStreamSummary", { StreamARN: arn("kinesis") }],
      ["kinesis", "AddTagsToStream", { StreamARN: arn("kinesis"), Tags: { a: "b" } }],
      ["ssm", "GetParameter", { Name: arn("ssm") }],
      ["logs", "FilterLogEvents", { logGroupIdentifier: arn("logs") }],
      ["logs", "TagResource", { resourceArn: arn("logs"), tags: { a: "b" } }],
      ["sns", "Publish", { TopicArn: arn("sns"), Message: "m" }],
    ] as const) {
      assert.match((await refused(service, operation, input)).name, /NotFound/, `${service} ${operation}`);
      const own = JSON.parse(JSON.stringify(input).replace("eu-west-1", cloud.region));
      await call(service, operation, own);
    }
  });
});

/** Modelled members in the form of AWS's. */
function asAws(members: Members): AwsMembers {
  return Object.fromEntries(
    Object.entries(members).map(([name, known]) => [
      name,
      typeof known === "string" || isValues(known) ? undefined : asAws(known),
    ]),
  );
}

function sourceOf(folder: string): string {
  const at = path.join(root, "sandbox", "services", folder);
  const files = fs.readdirSync(at).filter((file) => file.endsWith(".ts") && file !== "inputs.ts" && file !== "modelled.ts");
  return files.map((file) => fs.readFileSync(path.join(at, file), "utf8")).join("\n");
}

/** Managed Flink's members of updates are read without their last word. */
const isRead = (source: string, member: string) =>
  [member, member.replace(/Update$/, "")].some((word) => new RegExp(`\\b${word}\\b`).test(source));

/** Read by no name: kept and shown as a whole, or true whatever they say. */
const unread: Partial<Record<ServiceName, string[]>> = {
  // Target tracking hands its metric on to CloudWatch.
  "application-autoscaling": ["Name", "Label", "Stat"],
  // Records keep the order in which they were put; UNIFORM_SCALING is the one type there is.
  kinesis: ["SequenceNumberForOrdering", "ScalingType"],
  // CreateApplication and UpdateApplication keep these structures as they are given.
  kinesisanalytics: [
    ...["PropertyGroupId", "PropertyMap", "BucketARN", "FileKey", "ObjectVersion", "KeyId", "KeyType"],
    ...["BucketARNUpdate", "FileKeyUpdate", "ObjectVersionUpdate", "KeyIdUpdate", "KeyTypeUpdate"],
  ],
  // AWS ignores them, too.
  logs: ["sequenceToken", "interleaved"],
  // Secure strings are stored as they are; the others have one value each.
  ssm: ["WithDecryption", "DataType", "ResourceType"],
};

/** Members that AWS documents and the installed clients are too old for. */
const newer = new Set(["SnapshotMode", "SnapshotModeUpdate"]);

/** ARNs of what is not the service's own. */
const handedOn = new Set(["BucketARN", "LogStreamARN", "RoleARN"]);
