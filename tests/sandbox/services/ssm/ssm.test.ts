// Source: PutParameter, GetParametersByPath (API reference); Working with parameter versions; AWS Systems Manager endpoints and quotas
import assert = require("node:assert/strict");
import { minute } from "../../../../sandbox/core/clock";
import type { Cloud, Shape } from "../../../../sandbox/core/cloud";
import { createSsm, type SsmOptions } from "../../../../sandbox/services/ssm/ssm";
import { standardThroughput } from "../../../../sandbox/services/ssm/rates";
import { fakeCloud } from "../../support/fakeCloud";
import { account, allow, platform, root } from "../../support/platform";

function store(options: SsmOptions = {}, cloud: Cloud = fakeCloud()) {
  const { operations } = createSsm(cloud, options).service;
  return async (operation: string, input: Shape): Promise<Shape> => operations[operation]?.(input, root);
}

const text = (Name: string, Value: string, more: object = {}) => ({ Name, Value, Type: "String", ...more });

describe("SSM Parameter Store", () => {
  it("a parameter has a version that counts up, and its ARN has one slash", async () => {
    const call = store();
    assert.deepEqual(await call("PutParameter", text("/sluice/dev/a", "1")), { Version: 1, Tier: "Standard" });
    assert.equal((await call("PutParameter", text("/sluice/dev/a", "2", { Overwrite: true }))).Version, 2);
    assert.deepEqual((await call("GetParameter", { Name: "/sluice/dev/a" })).Parameter, {
      Name: "/sluice/dev/a",
      Type: "String",
      Value: "2",
      Version: 2,
      LastModifiedDate: new Date("2026-03-02T00:00:00Z"),
      ARN: `arn:aws:ssm:eu-west-1:${account}:parameter/sluice/dev/a`,
      DataType: "text",
    });
    assert.equal((await call("GetParameter", { Name: "/sluice/dev/a:1" })).Parameter.Value, "1");
    assert.equal(
      (await call("GetParameter", { Name: `arn:aws:ssm:eu-west-1:${account}:parameter/sluice/dev/a` })).Parameter.Value,
      "2",
    );
  });

  it("overwriting must be asked for", async () => {
    const call = store();
    await call("PutParameter", text("/a", "1"));
    await assert.rejects(call("PutParameter", text("/a", "2")), {
      name: "ParameterAlreadyExists",
      message: "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    });
  });

  it("an empty value is refused", async () => {
    await assert.rejects(store()("PutParameter", text("/a", "")), {
      name: "ValidationException",
      message:
        "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
  });

  it("a standard parameter holds 4 KB, an advanced one 8 KB", async () => {
    const call = store();
    await call("PutParameter", text("/a", "x".repeat(4_096)));
    await assert.rejects(call("PutParameter", text("/b", "x".repeat(4_097))), {
      name: "ValidationException",
      message:
        "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter " +
        "to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html",
    });
    assert.equal((await call("PutParameter", text("/c", "x".repeat(8_192), { Tier: "Intelligent-Tiering" }))).Tier, "Advanced");
    await assert.rejects(call("PutParameter", text("/d", "x".repeat(8_193), { Tier: "Advanced" })), {
      name: "ValidationException",
    });
  });

  it("a type can't be changed and is needed for a new parameter", async () => {
    const call = store();
    await assert.rejects(call("PutParameter", { Name: "/a", Value: "1" }), {
      message: "A parameter type is required when you create a parameter.",
    });
    await call("PutParameter", text("/a", "1"));
    await assert.rejects(call("PutParameter", { Name: "/a", Value: "1", Type: "StringList", Overwrite: true }), {
      name: "HierarchyTypeMismatchException",
    });
    assert.equal((await call("PutParameter", { Name: "/a", Value: "2", Overwrite: true })).Version, 2);
  });

  it("the value must match the allowed pattern, also when overwritten later", async () => {
    const call = store();
    await call("PutParameter", text("/a", "12", { AllowedPattern: "\\d+" }));
    await assert.rejects(call("PutParameter", text("/a", "12x", { Overwrite: true })), {
      name: "ParameterPatternMismatchException",
      message: "Parameter value, cannot be validated against allowedPattern: \\d+",
    });
    await assert.rejects(call("PutParameter", text("/b", "1", { AllowedPattern: "(" })), {
      name: "InvalidAllowedPatternException",
    });
  });

  it("refuses names that AWS refuses", async () => {
    const call = store();
    const cases: [string, string][] = [
      ["a/b", "ValidationException"],
      ["/ssm-x", "ValidationException"],
      ["AwsThing", "ValidationException"],
      ["/aws/x", "AccessDeniedException"],
      ["/a b", "ValidationException"],
      ["/a//b", "ValidationException"],
      ["/a".repeat(16), "HierarchyLevelLimitExceededException"],
    ];
    for (const [name, code] of cases) await assert.rejects(call("PutParameter", text(name, "1")), { name: code }, name);
    await call("PutParameter", text("/a".repeat(15), "1"));
  });

  it("by path: one level or recursive, ten a page, in the order of names", async () => {
    const call = store();
    for (let i = 0; i < 12; i++) await call("PutParameter", text(`/s/d${String(i).padStart(2, "0")}/state`, "{}"));
    await call("PutParameter", text("/s/top", "{}"));
    await call("PutParameter", text("/sx/other", "{}"));
    assert.deepEqual(
      (await call("GetParametersByPath", { Path: "/s" })).Parameters.map(({ Name }: Shape) => Name),
      ["/s/top"],
    );
    const first = await call("GetParametersByPath", { Path: "/s/", Recursive: true });
    assert.equal(first.Parameters.length, 10);
    assert.equal(first.Parameters[0].Name, "/s/d00/state");
    const second = await call("GetParametersByPath", { Path: "/s/", Recursive: true, NextToken: first.NextToken });
    assert.deepEqual([second.Parameters.length, second.NextToken], [3, undefined]);
    await assert.rejects(call("GetParametersByPath", { Path: "/s", MaxResults: 11 }), {
      message:
        "1 validation error detected: Value '11' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10",
    });
    await assert.rejects(call("GetParametersByPath", { Path: "s" }), { name: "ValidationException" });
  });

  it("a parameter that is made or deleted later shows in the path", async () => {
    const call = store();
    const names = async () => (await call("GetParametersByPath", { Path: "/s" })).Parameters.map(({ Name }: Shape) => Name);
    assert.deepEqual(await names(), []);
    await call("PutParameter", text("/s/a", "1"));
    assert.deepEqual(await names(), ["/s/a"]);
    await call("DeleteParameter", { Name: "/s/a" });
    assert.deepEqual(await names(), []);
    await assert.rejects(call("GetParameter", { Name: "/s/a" }), { name: "ParameterNotFound" });
  });

  it("several by name: at most ten, the unknown ones are listed", async () => {
    const call = store();
    await call("PutParameter", text("/a", "1"));
    const { Parameters, InvalidParameters } = await call("GetParameters", { Names: ["/a", "/b"] });
    assert.deepEqual([Parameters.map(({ Value }: Shape) => Value), InvalidParameters], [["1"], ["/b"]]);
    await assert.rejects(call("GetParameters", { Names: Array.from({ length: 11 }, () => "/a") }), {
      name: "ValidationException",
    });
  });

  it("the history keeps the newest 100 versions, with time and author", async () => {
    const cloud = fakeCloud();
    const call = store({}, cloud);
    for (let i = 1; i <= 103; i++) {
      await cloud.clock.advanceTo(cloud.clock.now() + minute);
      await call("PutParameter", text("/a", String(i), { Overwrite: true }));
    }
    const first = await call("GetParameterHistory", { Name: "/a" });
    const second = await call("GetParameterHistory", { Name: "/a", NextToken: first.NextToken });
    const all = [...first.Parameters, ...second.Parameters];
    assert.deepEqual([all.length, all[0].Version, all.at(-1).Value, second.NextToken], [100, 4, "103", undefined]);
    assert.equal(all[0].LastModifiedUser, root.arn);
    assert.equal(all[0].LastModifiedDate.toISOString(), "2026-03-02T00:04:00.000Z");
  });

  it("with standard throughput the 41st read and the 4th write of a second are throttled", async () => {
    const cloud = fakeCloud();
    const call = store({ rates: standardThroughput }, cloud);
    for (let i = 0; i < 3; i++) await call("PutParameter", text(`/p${i}`, "1"));
    await assert.rejects(call("PutParameter", text("/p3", "1")), { name: "ThrottlingException", message: "Rate exceeded" });
    for (let i = 0; i < 40; i++) await call("GetParameter", { Name: "/p0" });
    await assert.rejects(call("GetParametersByPath", { Path: "/" }), { name: "ThrottlingException" });
    await cloud.clock.advanceTo(cloud.clock.now() + 1_000);
    await call("GetParameter", { Name: "/p0" });
  });

  it("permissions are asked for the parameter, or for the path itself", async () => {
    const cloud = platform();
    const arn = `arn:aws:ssm:eu-west-1:${account}:parameter/sluice/dev`;
    const reader = {
      arn: await cloud.role("reader", [allow(["ssm:GetParametersByPath"], arn), allow("ssm:GetParameter", `${arn}/*`)]),
    };
    await cloud.as("ssm", "PutParameter", text("/sluice/dev/a", "1"));
    assert.equal((await cloud.call("ssm", "GetParameter", { Name: "/sluice/dev/a" }, reader)).Parameter.Value, "1");
    assert.equal(
      (await cloud.call("ssm", "GetParametersByPath", { Path: "/sluice/dev/", Recursive: true }, reader)).Parameters.length,
      1,
    );
    await assert.rejects(cloud.call("ssm", "GetParametersByPath", { Path: "/sluice" }, reader), {
      name: "AccessDeniedException",
    });
    await assert.rejects(cloud.call("ssm", "PutParameter", text("/sluice/dev/a", "2"), reader), {
      message:
        /is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:eu-west-1:123456789012:parameter\/sluice\/dev\/a because/,
    });
  });

  // Source: DescribeParameters, ParameterStringFilter (API reference)
  it("parameters are described by name, path and type, each with its own options", async () => {
    const call = store();
    for (const name of ["/a/one", "/a/b/two", "/c"]) await call("PutParameter", text(name, "v"));
    const found = async (...ParameterFilters: object[]) => {
      const { Parameters } = await call("DescribeParameters", { ParameterFilters });
      return Parameters.map(({ Name }: Shape) => Name).join(" ");
    };
    const name = (Option: string, value: string) => ({ Key: "Name", Option, Values: [value] });
    assert.equal(await found(name("Equals", "/c")), "/c");
    assert.equal(await found(name("BeginsWith", "/a")), "/a/b/two /a/one");
    assert.equal(await found(name("Contains", "two")), "/a/b/two");
    assert.equal(await found({ Key: "Path", Values: ["/a"] }), "/a/one");
    assert.equal(await found({ Key: "Path", Option: "Recursive", Values: ["/a"] }, name("Contains", "two")), "/a/b/two");
    await assert.rejects(found({ Key: "Path", Option: "Contains", Values: ["/a"] }), { name: "InvalidFilterOption" });
    await assert.rejects(found(name("OneLevel", "/a")), { name: "InvalidFilterOption" });
  });

  it("tags are added, listed and removed", async () => {
    const call = store();
    await call("PutParameter", text("/a", "1", { Tags: [{ Key: "x", Value: "1" }] }));
    await call("AddTagsToResource", { ResourceType: "Parameter", ResourceId: "/a", Tags: [{ Key: "y", Value: "2" }] });
    await call("RemoveTagsFromResource", { ResourceType: "Parameter", ResourceId: "/a", TagKeys: ["x"] });
    assert.deepEqual(await call("ListTagsForResource", { ResourceType: "Parameter", ResourceId: "/a" }), {
      TagList: [{ Key: "y", Value: "2" }],
    });
    await assert.rejects(call("PutParameter", text("/a", "2", { Overwrite: true, Tags: [{ Key: "z", Value: "1" }] })), {
      message: /tags and overwrite can't be used together/,
    });
  });
});
