// Source: ListApplicationOperations, ListApplicationVersions, ListApplications (API reference)
import assert = require("node:assert/strict");
import { arn, creation, flinkFixture, parallelismIn } from "./fixture";

const app = { ApplicationName: "app" };

describe("lists", () => {
  it("of operations are newest first, filtered by name and status, and paged", async () => {
    const f = flinkFixture();
    for (const parallelism of [3, 4, 5]) {
      f.scale(parallelism);
      await f.pass(60);
    }
    const list = (input: object) => f.call("ListApplicationOperations", { ...app, ...input });
    const names = (input: object) => list(input).ApplicationOperationInfoList.map((o: { Operation: string }) => o.Operation);
    assert.deepEqual(names({}), ["UpdateApplication", "UpdateApplication", "UpdateApplication", "StartApplication"]);
    assert.deepEqual(names({ Operation: "StartApplication" }), ["StartApplication"]);
    assert.deepEqual(names({ OperationStatus: "FAILED" }), []);
    const first = list({ Limit: 3 });
    assert.equal(first.ApplicationOperationInfoList.length, 3);
    assert.deepEqual(names({ NextToken: first.NextToken }), ["StartApplication"]);
    assert.throws(() => f.operation("none"), { name: "ResourceNotFoundException" });
  });

  it("of versions keep each version's configuration", async () => {
    const f = flinkFixture({ parallelism: 2 });
    f.scale(4);
    await f.pass(60);
    const version = (id: number) =>
      f.call("DescribeApplicationVersion", { ...app, ApplicationVersionId: id }).ApplicationVersionDetail;
    assert.equal(parallelismIn(version(1)).Parallelism, 2);
    assert.equal(parallelismIn(version(2)).Parallelism, 4);
    assert.throws(() => version(3), { name: "ResourceNotFoundException" });
  });

  it("of applications are in the order of their names", () => {
    const f = flinkFixture();
    f.call("CreateApplication", { ...creation(), ApplicationName: "aaa" });
    const summaries = f.call("ListApplications", { Limit: 1 });
    assert.deepEqual(summaries.ApplicationSummaries, [
      {
        ApplicationName: "aaa",
        ApplicationARN: arn.replace("/app", "/aaa"),
        ApplicationStatus: "READY",
        ApplicationVersionId: 1,
        RuntimeEnvironment: "FLINK-1_20",
        ApplicationMode: "STREAMING",
      },
    ]);
    assert.equal(f.call("ListApplications", { NextToken: summaries.NextToken }).ApplicationSummaries[0].ApplicationName, "app");
  });

  it("stay short however often an application is updated", async () => {
    const f = flinkFixture();
    for (let i = 0; i < 300; i++) {
      f.scale(2 + (i % 2));
      await f.pass(60);
    }
    const pages = (operation: string, key: string) => {
      let count = 0;
      for (let NextToken: string | undefined = "0"; NextToken !== undefined;) {
        const answer = f.call(operation, { ...app, NextToken });
        count += answer[key].length;
        NextToken = answer.NextToken;
      }
      return count;
    };
    assert.equal(pages("ListApplicationOperations", "ApplicationOperationInfoList"), 200);
    assert.equal(pages("ListApplicationVersions", "ApplicationVersionSummaries"), 201);
  });
});
