import { strict as assert } from "node:assert";
import type { FlinkConfig } from "../../../scaler/types";
import type { FlinkOptions } from "../../../sandbox/services/flink/flink";
import { scalerWorld, type ScalerCall, type ScalerWorld } from "../../support/scalerWorld";
import { flinkConfig, minute, start } from "../scenario";

const id = "dev-flink";
const name = flinkConfig.name;

/** An application that was created and not started, and the scaler before it. */
async function created(config: Partial<FlinkConfig> = {}, flink: FlinkOptions = {}) {
  const world = scalerWorld({ start, flink: { startSeconds: 60, ...flink } });
  const printed: string[] = [];
  const calls: ScalerCall[] = [];
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
  world.watch = (call) => void calls.push(call);
  const called = (operation: string) => calls.filter((call) => call.operation === operation);
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
  const lines = () => printed.map((line) => JSON.parse(line) as Record<string, unknown>);
  const metric = (of: string) => lines().flatMap((line) => (line[of] as number | undefined) ?? []);
  const begun = () => lines().flatMap(({ action, reason }) => (action === "start" ? [reason] : []));
  return { world, runs, printed, calls, called, application, create, metric, begun };
}

describe("an application that has never run", () => {
  for (const mode of ["act", "observe"] as const)
    it(`is started once by the minute run in ${mode} mode, and is noted to have run`, async () => {
      const { world, runs, called, application, begun } = await created({ mode });
      await runs(5);
      assert.equal(application().ApplicationStatus, "RUNNING");
      assert.equal(called("StartApplication").length, 1);
      assert.equal(world.state(id).ran, Number(application().CreateTimestamp));
      assert.equal(world.state(id).start, undefined);
      assert.deepEqual(begun(), ["application enrich has never run: StartApplication"]);
    });

  it("is left alone when the program adopted it", async () => {
    const { runs, called } = await created({ start: undefined });
    await runs(5);
    assert.equal(called("StartApplication").length, 0);
  });

  it("and can't be started is tried after 2, 10, 20, 40 and then every 60 minutes, and the operator is told why", async () => {
    const { runs, called, printed, metric, world, begun } = await created({}, { failingStarts: 100 });
    await runs(200);
    const from = world.cloud.clock.now() - 200 * minute;
    const minutes = called("StartApplication").map(({ invocation }) => (invocation.time - from) / minute);
    assert.deepEqual(minutes, [0, 2, 12, 32, 72, 132, 192]);
    const first = "application enrich has never run: StartApplication";
    assert.deepEqual(begun(), [first, ...[2, 3, 4, 5, 6, 7].map((count) => `${first}, attempt ${count}`)]);
    const told = printed.filter((line) => line.includes("could not be started: The job failed to start: its main method"));
    assert.ok(told.length > 150, String(told.length));
    assert.match(told[0] ?? "", /"sluice":"error".*tried again at 2026-\S+, or when pulumi up has changed it/);
    assert.equal(metric("FailedUpdates").filter((value) => value === 1).length, 7);
    assert.equal(called("DescribeApplicationOperation").length, 7, "each is asked for its reason once");
    assert.ok(metric("ScalerErrors").filter((value) => value === 1).length > 150);
  });

  it("is tried at once when pulumi up has changed it", async () => {
    const { runs, called, application, world } = await created({}, { failingStarts: 4 });
    await runs(40);
    assert.equal(called("StartApplication").length, 4, "after 0, 2, 12, 32 minutes; the next one would be after 72");
    world.call("kinesisanalytics", "UpdateApplication", {
      ApplicationName: name,
      CurrentApplicationVersionId: application().ApplicationVersionId,
      ApplicationConfigurationUpdate: { EnvironmentPropertyUpdates: { PropertyGroups: [] } },
    });
    await runs(3);
    assert.equal(called("StartApplication").length, 5, "the update itself takes a moment");
    assert.equal(application().ApplicationStatus, "RUNNING");
  });

  it("and whose start is refused is told with the refusal and the permission", async () => {
    const { world, runs, printed, calls, called, application, metric } = await created();
    world.interfere = refusing("StartApplication", "AccessDeniedException");
    await runs(12);
    assert.ok(
      printed.some((line) => /could not be started: AccessDeniedException: no \(kinesisanalytics:StartApplication\)/.test(line)),
    );
    assert.equal(metric("FailedUpdates").filter((value) => value === 1).length, 2);
    world.interfere = undefined;
    calls.length = 0;
    await runs(20);
    assert.equal(called("StartApplication").length, 1);
    assert.equal(world.state(id).ran, Number(application().CreateTimestamp));
  });

  for (const error of ["ResourceInUseException", "ThrottlingException"])
    it(`is looked at again a minute after ${error}, without a word: another hand is at it, or the service has no time`, async () => {
      const { world, runs, called, metric } = await created();
      world.interfere = refusing("StartApplication", error);
      await runs(3);
      assert.equal(called("StartApplication").length, 3);
      for (const of of ["FailedUpdates", "ScalerErrors"]) assert.deepEqual(metric(of), [0, 0, 0]);
      assert.equal(world.state(id).start, undefined);
    });

  it("is not started where the service doesn't say what it remembers, and the operator is told", async () => {
    const { world, runs, called, printed } = await created();
    world.interfere = refusing("ListApplicationOperations", "AccessDeniedException");
    await runs(3);
    assert.equal(called("StartApplication").length, 0);
    const told = printed.filter((line) =>
      line.includes(
        "whether application enrich has ever run can't be seen: AccessDeniedException: no (kinesisanalytics:ListApplicationOperations)",
      ),
    );
    assert.equal(told.length, 3);
  });

  it("is left alone while a start is under way, whoever began it", async () => {
    const { world, runs, called } = await created();
    world.answer = remembering([{ OperationId: "o-1", OperationStatus: "IN_PROGRESS", StartTime: new Date(start) }]);
    await runs(3);
    assert.equal(called("StartApplication").length, 0);
  });

  it("is told with the reason of its newest start, in whatever order the service lists them", async () => {
    const failed = (OperationId: string, at: number) => ({ OperationId, OperationStatus: "FAILED", StartTime: new Date(at) });
    const remembered = [failed("old", start), failed("new", start + minute), failed("older", start - minute)];
    for (const listed of [remembered, remembered.toReversed()]) {
      const { world, runs } = await created({}, { failingStarts: 100 });
      await runs(1);
      world.answer = remembering(listed);
      await runs(1);
      assert.equal(world.state(id).start?.reason, "new broke");
    }
  });

  it("is told to be looked for in the log where the service gives no reason", async () => {
    for (const listed of [[], [{ OperationId: "unsaid", OperationStatus: "FAILED", StartTime: new Date(start) }]]) {
      const { world, runs, printed } = await created({}, { failingStarts: 100 });
      await runs(1);
      world.answer = remembering(listed);
      await runs(1);
      assert.ok(
        printed.some((line) => line.includes("application enrich could not be started: its log says why; tried again at")),
      );
    }
  });
});

/** The service refuses an operation with this error. */
function refusing(operation: string, name: string): ScalerWorld["interfere"] {
  return (call) =>
    call.operation === operation ? { when: "before", error: Object.assign(new Error("no"), { name }) } : undefined;
}

/** The service lists these starts, and says of each that failed that it broke, but of "unsaid". */
function remembering(starts: object[]): ScalerWorld["answer"] {
  return ({ operation, input }) => {
    if (operation === "ListApplicationOperations") return { ApplicationOperationInfoList: starts };
    if (operation !== "DescribeApplicationOperation") return undefined;
    const of = String(input["OperationId"]);
    const ErrorInfo = { ErrorString: `${of} broke` };
    return { ApplicationOperationInfoDetails: of === "unsaid" ? {} : { OperationFailureDetails: { ErrorInfo } } };
  };
}

describe("an application that has run and was stopped", () => {
  const stopped = async () => {
    const one = await created();
    await one.runs(3);
    one.world.call("kinesisanalytics", "StopApplication", { ApplicationName: name });
    one.calls.length = 0;
    return one;
  };

  it("stays stopped, and the service isn't asked again", async () => {
    const { runs, called, application } = await stopped();
    await runs(30);
    assert.equal(called("ListApplicationOperations").length, 0);
    assert.equal(application().ApplicationStatus, "READY");
    assert.equal(called("StartApplication").length, 0);
  });

  it("stays stopped when its state was made anew: the service remembers a start that succeeded", async () => {
    const { world, runs, called, application } = await stopped();
    world.call("ssm", "PutParameter", { Name: `/sluice/dev/${id}/state`, Value: "{}", Type: "String", Overwrite: true });
    await runs(5);
    assert.equal(called("StartApplication").length, 0);
    assert.equal(world.state(id).ran, Number(application().CreateTimestamp));
  });

  it("has run where only Managed Flink's own autoscaling was ever seen at it", async () => {
    const { world, runs, application } = await stopped();
    world.call("ssm", "PutParameter", { Name: `/sluice/dev/${id}/state`, Value: "{}", Type: "String", Overwrite: true });
    const ApplicationDetail = { ...application(), ApplicationStatus: "AUTOSCALING" };
    world.answer = ({ operation }) => (operation === "DescribeApplication" ? { ApplicationDetail } : undefined);
    await runs(1);
    assert.equal(world.state(id).ran, Number(application().CreateTimestamp));
  });

  it("is started once more when it was made anew: that one has never run", async () => {
    const { world, runs, called, application, create } = await stopped();
    await runs(2);
    const { CreateTimestamp } = application();
    world.call("kinesisanalytics", "DeleteApplication", { ApplicationName: name, CreateTimestamp });
    await runs(2);
    create();
    await runs(3);
    assert.equal(called("StartApplication").length, 1);
    assert.equal(application().ApplicationStatus, "RUNNING");
  });
});
