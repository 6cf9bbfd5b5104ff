// Source: Manage maintenance tasks for Managed Service for Apache Flink
import assert = require("node:assert/strict");
import { flinkFixture } from "./fixture";

describe("maintenance", () => {
  it("restarts a running application for 30 s in MAINTENANCE, and no other", async () => {
    const f = flinkFixture();
    assert.equal(f.flink.maintain("app"), true);
    assert.equal(f.status(), "MAINTENANCE");
    assert.equal(f.flink.maintain("app"), false);
    const { ranMs } = await f.minute(0);
    assert.deepEqual([f.status(), ranMs], ["RUNNING", 30_000]);
  });

  it("comes every so many days at the start of the window, later in it while an update runs", async () => {
    const f = flinkFixture({ workload: { restartSeconds: 900 } }, { maintenanceEveryDays: 7 });
    const maintenances = () => f.cloud.events.recent().filter((e) => e.type === "MaintenanceStarted");
    await f.pass(7 * 86_400 + 3 * 3_600 - 60);
    assert.equal(maintenances().length, 0);
    f.scale(4);
    await f.pass(3_600);
    const [first] = maintenances();
    assert.equal(new Date(first!.time).toISOString(), "2026-03-09T03:20:00.000Z");
    await f.pass(7 * 86_400);
    assert.equal(maintenances().length, 2);
  });
});
