// Source: Manage application backups using snapshots; CreateApplicationSnapshot (API reference)
import assert = require("node:assert/strict");
import { flinkFixture } from "./fixture";

const app = { ApplicationName: "app" };

describe("snapshots", () => {
  it("are CREATING, then READY, listed newest first, described and deleted", async () => {
    const f = flinkFixture();
    f.call("CreateApplicationSnapshot", { ...app, SnapshotName: "one" });
    const described = () => f.call("DescribeApplicationSnapshot", { ...app, SnapshotName: "one" }).SnapshotDetails;
    assert.equal(described().SnapshotStatus, "CREATING");
    await f.pass(10);
    assert.deepEqual([described().SnapshotStatus, described().ApplicationVersionId], ["READY", 1]);
    f.call("CreateApplicationSnapshot", { ...app, SnapshotName: "two" });
    await f.pass(10);
    const names = () =>
      f.call("ListApplicationSnapshots", app).SnapshotSummaries.map((s: { SnapshotName: string }) => s.SnapshotName);
    assert.deepEqual(names(), ["two", "one"]);
    const wrong = { ...app, SnapshotName: "one", SnapshotCreationTimestamp: 1 };
    assert.throws(() => f.call("DeleteApplicationSnapshot", wrong), { name: "InvalidArgumentException" });
    f.call("DeleteApplicationSnapshot", {
      ...app,
      SnapshotName: "one",
      SnapshotCreationTimestamp: described().SnapshotCreationTimestamp,
    });
    await f.pass(10);
    assert.deepEqual(names(), ["two"]);
  });

  it("are refused where they exist, are switched off, or the application isn't running", async () => {
    const f = flinkFixture();
    const create = (fixture: typeof f) => fixture.call("CreateApplicationSnapshot", { ...app, SnapshotName: "one" });
    create(f);
    await f.pass(10);
    assert.throws(() => create(f), { name: "InvalidArgumentException" });
    assert.throws(() => create(flinkFixture({ snapshots: false })), { name: "InvalidApplicationConfigurationException" });
    assert.throws(() => create(flinkFixture({ start: false })), { name: "ResourceInUseException" });
    assert.throws(() => f.call("DescribeApplicationSnapshot", { ...app, SnapshotName: "none" }), {
      name: "ResourceNotFoundException",
    });
  });
});
