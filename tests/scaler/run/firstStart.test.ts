import { strict as assert } from "node:assert";
import type { FlinkConfig } from "../../../scaler/types";
import type { FlinkOptions } from "../../../sandbox/services/flink/flink";
import { scalerWorld, type ScalerCall } from "../../support/scalerWorld";
import { flinkConfig, minute, start } from "../scenario";

const id = "dev-flink";
const name = flinkConfig.name;

/** An application that was created and not started, and the scaler before it. */
async function created(config: Partial<FlinkConfig> = {}, flink: FlinkOptions = {}) {
  const world = scalerWorld({ start, flink: { startSeconds: 60, ...flink } });
  const printed: string[] = [];
  const starts: ScalerCall[] = [];
  const own = { ...flinkConfig, start: true, ...config };
  await world.addApplication(id, own, 4);
  world.call("kinesisanalytics", "StopApplication", { ApplicationName: name, Force: true });
  await world.cloud.clock.advanceTo(world.cloud.clock.now() + minute);
  const application = () => world.call("kinesisanalytics", "DescribeApplication", { ApplicationName: name }).ApplicationDetail;
  // Made anew: the world starts what it adds.
  world.call("kinesisanalytics", "DeleteApplication", { ApplicationName: name, CreateTimestamp: application().CreateTimestamp });
  await world.cloud.clock.advanceTo(world.cloud.clock.now() + minute);
  const ParallelismConfiguration = {
    ConfigurationType: "CUSTOM",
    Parallelism: 4,
    ParallelismPerKPU: 1,
    AutoScalingEnabled: false,
  };
  const create = () =>
    world.call("kinesisanalytics", "CreateApplication", {
      ApplicationName: name,
      RuntimeEnvironment: "FLINK-1_20",
      ServiceExecutionRole: "arn:aws:iam::123456789012:role/job",
      ApplicationConfiguration: { FlinkApplicationConfiguration: { ParallelismConfiguration } },
    });
  create();
  world.watch = (call) => void (call.operation === "StartApplication" && starts.push(call));
  const runs = async (count: number) => {
    const log = console.log;
    console.log = (line: string) => void printed.push(line);
    try {
      for (let i = 0; i < count; i++) {
        await world.run();
        await world.cloud.clock.advanceTo(world.cloud.clock.now() + minute);
      }
    } finally {
      console.log = log;
    }
  };
  const metric = (of: string) => printed.flatMap((line) => (JSON.parse(line) as Record<string, number>)[of] ?? []);
  return { world, runs, printed, starts, application, create, metric };
}

describe("an application that has never run", () => {
  for (const mode of ["act", "observe"] as const)
    it(`is started once by the minute run in ${mode} mode, and is noted to have run`, async () => {
      const { world, runs, starts, application, printed } = await created({ mode });
      await runs(5);
      assert.equal(application().ApplicationStatus, "RUNNING");
      assert.equal(starts.length, 1);
      assert.equal(world.state(id).ran, Number(application().CreateTimestamp));
      assert.equal(world.state(id).start, undefined);
      assert.ok(printed.some((line) => line.includes("application enrich has never run: StartApplication")));
    });

  it("is left alone when the program adopted it", async () => {
    const { runs, starts } = await created({ start: undefined });
    await runs(5);
    assert.equal(starts.length, 0);
  });

  it("and can't be started is tried after 2, 10, 20, 40 and then every 60 minutes, and the operator is told why", async () => {
    const { runs, starts, printed, metric, world } = await created({}, { failingStarts: 100 });
    await runs(200);
    const begun = world.cloud.clock.now() - 200 * minute;
    const minutes = starts.map(({ invocation }) => (invocation.time - begun) / minute);
    assert.deepEqual(minutes, [0, 2, 12, 32, 72, 132, 192]);
    const told = printed.filter((line) => line.includes("could not be started: The job failed to start: its main method"));
    assert.ok(told.length > 150, String(told.length));
    assert.match(told[0] ?? "", /"sluice":"error".*tried again at 2026-\S+, or when pulumi up has changed it/);
    assert.equal(metric("FailedUpdates").filter((value) => value === 1).length, 7);
    assert.ok(metric("ScalerErrors").filter((value) => value === 1).length > 150);
  });

  it("is tried at once when pulumi up has changed it", async () => {
    const { runs, starts, application, world } = await created({}, { failingStarts: 4 });
    await runs(40);
    assert.equal(starts.length, 4, "after 0, 2, 12, 32 minutes; the next one would be after 72");
    world.call("kinesisanalytics", "UpdateApplication", {
      ApplicationName: name,
      CurrentApplicationVersionId: application().ApplicationVersionId,
      ApplicationConfigurationUpdate: { EnvironmentPropertyUpdates: { PropertyGroups: [] } },
    });
    await runs(3);
    assert.equal(starts.length, 5, "the update itself takes a moment");
    assert.equal(application().ApplicationStatus, "RUNNING");
  });

  it("and whose start is refused is told with the refusal and the permission", async () => {
    const { world, runs, printed, starts, application } = await created();
    world.interfere = ({ operation }) =>
      operation === "StartApplication"
        ? { when: "before", error: Object.assign(new Error("no"), { name: "AccessDeniedException" }) }
        : undefined;
    await runs(12);
    assert.ok(
      printed.some((line) => /could not be started: AccessDeniedException: no \(kinesisanalytics:StartApplication\)/.test(line)),
    );
    world.interfere = undefined;
    starts.length = 0;
    await runs(20);
    assert.equal(starts.length, 1);
    assert.equal(world.state(id).ran, Number(application().CreateTimestamp));
  });
});

describe("an application that has run and was stopped", () => {
  const stopped = async () => {
    const one = await created();
    await one.runs(3);
    one.world.call("kinesisanalytics", "StopApplication", { ApplicationName: name });
    one.starts.length = 0;
    return one;
  };

  it("stays stopped", async () => {
    const { runs, starts, application } = await stopped();
    await runs(30);
    assert.equal(application().ApplicationStatus, "READY");
    assert.equal(starts.length, 0);
  });

  it("stays stopped when its state was made anew: the service remembers a start that succeeded", async () => {
    const { world, runs, starts, application } = await stopped();
    world.call("ssm", "PutParameter", { Name: `/sluice/dev/${id}/state`, Value: "{}", Type: "String", Overwrite: true });
    await runs(5);
    assert.equal(starts.length, 0);
    assert.equal(world.state(id).ran, Number(application().CreateTimestamp));
  });

  it("is started once more when it was made anew: that one has never run", async () => {
    const { world, runs, starts, application, create } = await stopped();
    await runs(2);
    const { CreateTimestamp } = application();
    world.call("kinesisanalytics", "DeleteApplication", { ApplicationName: name, CreateTimestamp });
    await runs(2);
    create();
    await runs(3);
    assert.equal(starts.length, 1);
    assert.equal(application().ApplicationStatus, "RUNNING");
  });
});
