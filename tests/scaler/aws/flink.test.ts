import { strict as assert } from "node:assert";
import { describeApplication, startsOf, updateParallelism } from "../../../scaler/aws/flink";
import type { Change } from "../../../scaler/types";
import { answering } from "./answering";
import { awsError } from "../fakeAws";
import { start } from "../scenario";

const change: Change = { call: "UpdateApplication", from: 4, to: 8, at: start, sent: true, version: 3 };

interface Described {
  status?: string;
  version?: number;
  parallelism?: object;
}

function detail({ status = "RUNNING", version = 4, parallelism }: Described = {}) {
  const ParallelismConfigurationDescription = parallelism ?? { CurrentParallelism: 8, Parallelism: 8, ParallelismPerKPU: 2 };
  return {
    ApplicationDetail: {
      ApplicationStatus: status,
      ApplicationVersionId: version,
      CreateTimestamp: new Date(start),
      ConditionalToken: "token",
      ApplicationConfigurationDescription: {
        FlinkApplicationConfigurationDescription: { ParallelismConfigurationDescription },
      },
    },
  };
}

const operation = (OperationId: string, secondsAfter: number) => ({
  OperationId,
  StartTime: new Date(start + 1_000 * secondsAfter),
});

/** A look at an application whose operations are these, and what was asked for it. */
function looking(described: Described, operations: unknown = undefined, status: unknown = { OperationStatus: "SUCCESSFUL" }) {
  return answering({
    DescribeApplication: () => detail(described),
    ListApplicationOperations: () => ({ ApplicationOperationInfoList: operations }),
    DescribeApplicationOperation: () => ({ ApplicationOperationInfoDetails: status }),
  });
}

const operations = ({ asked }: ReturnType<typeof looking>) => asked.map(({ operation: name }) => name).slice(1);

describe("a look at an application", () => {
  it("gives status, KPUs, version and the token that an update needs", async () => {
    const { aws, asked } = looking({});
    assert.deepEqual(await describeApplication(aws, "enrich", undefined), {
      ...{ status: "RUNNING", kpus: 4, parallelismPerKpu: 2, version: 4, created: start, token: "token" },
    });
    assert.deepEqual(asked, [{ operation: "DescribeApplication", input: { ApplicationName: "enrich" } }]);
  });

  const counts: [what: string, parallelism: object, kpus: number][] = [
    ["the parallelism that runs, not the configured one", { CurrentParallelism: 12, Parallelism: 8, ParallelismPerKPU: 2 }, 6],
    ["the configured one where none runs", { Parallelism: 8, ParallelismPerKPU: 2 }, 4],
    ["a KPU that isn't full as a whole one", { CurrentParallelism: 9, ParallelismPerKPU: 4 }, 3],
    ["one subtask a KPU where AWS says nothing", { CurrentParallelism: 5 }, 5],
    ["a parallelism of 1 where AWS says nothing", {}, 1],
  ];
  for (const [what, parallelism, kpus] of counts) {
    it(`counts ${what}`, async () =>
      assert.equal((await describeApplication(looking({ parallelism }).aws, "enrich", undefined)).kpus, kpus));
  }

  it("of which AWS says nothing shows a missing one", async () => {
    const { aws } = answering({ DescribeApplication: () => ({}) });
    const { token, ...sight } = await describeApplication(aws, "enrich", undefined);
    assert.deepEqual(sight, { status: "MISSING", kpus: 1, parallelismPerKpu: 1, version: 0, created: 0 });
    assert.equal(token, "");
  });

  it("sees an application that isn't there, and passes other errors on", async () => {
    const failing = (name: string) =>
      answering({
        DescribeApplication: () => {
          throw awsError(name);
        },
      }).aws;
    assert.deepEqual(await describeApplication(failing("ResourceNotFoundException"), "enrich", undefined), {
      ...{ status: "MISSING", kpus: 0, parallelismPerKpu: 1, version: 0, created: 0, token: "" },
    });
    await assert.rejects(describeApplication(failing("ThrottlingException"), "enrich", undefined), {
      name: "ThrottlingException",
    });
  });
});

describe("a look at an update's operation", () => {
  for (const status of ["RUNNING", "READY", "ROLLED_BACK"]) {
    it(`is taken where the application is ${status}: the update may have ended`, async () => {
      const seen = looking({ status }, undefined, {
        OperationStatus: "FAILED",
        OperationFailureDetails: { ErrorInfo: { ErrorString: "no slots" } },
      });
      const sight = await describeApplication(seen.aws, "enrich", { ...change, operationId: "o-1" });
      assert.deepEqual(sight.operation, { status: "FAILED", error: "no slots" });
      assert.deepEqual(seen.asked[1], {
        operation: "DescribeApplicationOperation",
        input: { ApplicationName: "enrich", OperationId: "o-1" },
      });
      assert.equal(seen.asked.length, 2, "the operation that is known isn't looked for");
    });
  }

  it("isn't taken while the application is at work, or without an update", async () => {
    const updating = looking({ status: "UPDATING" });
    assert.equal((await describeApplication(updating.aws, "enrich", change)).operation, undefined);
    const quiet = looking({});
    assert.equal((await describeApplication(quiet.aws, "enrich", undefined)).operation, undefined);
    assert.deepEqual([...operations(updating), ...operations(quiet)], []);
  });

  it("that can't be read, or says nothing, is unknown, with why", async () => {
    const silent = await describeApplication(looking({}, undefined, undefined).aws, "enrich", { ...change, operationId: "o-1" });
    assert.deepEqual(silent.operation, { status: "SUCCESSFUL", error: undefined });
    const empty = await describeApplication(looking({}, undefined, null).aws, "enrich", { ...change, operationId: "o-1" });
    assert.deepEqual(empty.operation, { status: "UNKNOWN", error: undefined });
    const { aws } = answering({ DescribeApplication: () => detail() });
    const failed = await describeApplication(aws, "enrich", { ...change, operationId: "o-1" });
    assert.deepEqual(failed.operation, { status: "UNKNOWN", error: "Error: nothing answers DescribeApplicationOperation" });
  });

  describe("whose id never came", () => {
    const found = async (listed: unknown, one: Partial<Change> = {}, version = 4) => {
      const seen = looking({ version }, listed);
      const sight = await describeApplication(seen.aws, "enrich", { ...change, ...one });
      return { is: sight.operation?.status, of: seen.asked[2]?.input["OperationId"], asked: seen.asked };
    };

    it("is the first update since the change began, however they are listed: after another one its token would have been refused", async () => {
      const listed = [operation("before", -30), operation("first", 5), operation("newest", 65), operation("second", 30)];
      for (const order of [listed, [...listed].reverse()]) assert.equal((await found(order)).of, "first");
      assert.equal((await found([operation("at once", 0), operation("later", 1)])).of, "at once");
      assert.equal((await found([operation("older", -50), operation("newer", -30)])).of, "newer", "by two clocks");
    });

    it("is looked for among updates, the last ten", async () => {
      const { asked } = await found([operation("o-1", 1)]);
      assert.deepEqual(asked[1], {
        operation: "ListApplicationOperations",
        input: { ApplicationName: "enrich", Operation: "UpdateApplication", Limit: 10 },
      });
    });

    it("may have begun a minute before the run's time, not earlier: clocks differ", async () => {
      assert.deepEqual(
        [(await found([operation("o-1", -60)])).is, (await found([operation("o-1", -61)])).is],
        ["SUCCESSFUL", "NONE"],
      );
    });

    it("is none where AWS lists none, or one without an id", async () => {
      for (const listed of [undefined, [], [{ StartTime: new Date(start) }]]) assert.equal((await found(listed)).is, "NONE");
    });

    it("is none, without a call, where the answer never came and the version never moved", async () => {
      const { is, asked } = await found([operation("another's", 1)], { sent: false }, 3);
      assert.deepEqual([is, asked.length], ["NONE", 1]);
    });

    it("is looked for where the version moved, or the update was accepted", async () => {
      assert.equal((await found([operation("o-1", 1)], { sent: false }, 4)).of, "o-1");
      assert.equal((await found([operation("o-1", 1)], { sent: true }, 3)).of, "o-1");
    });
  });
});

describe("a first look at an application", () => {
  const first = async (described: Described, listed: unknown) => {
    const seen = looking(described, listed);
    return { sight: await describeApplication(seen.aws, "enrich", undefined, true), asked: seen.asked };
  };
  const ended = (id: string, OperationStatus: string, from: number, to: number) => ({
    ...{ ...operation(id, from), OperationStatus, EndTime: new Date(start + 1_000 * to) },
  });

  it("reads how the newest update ended, and when", async () => {
    const failed = ended("o-2", "FAILED", 10, 70);
    const listed = [ended("o-1", "SUCCESSFUL", 0, 5), failed];
    for (const status of ["RUNNING", "READY", "ROLLED_BACK"]) {
      const { sight, asked } = await first({ status }, listed);
      assert.deepEqual(sight.operation, { status: "FAILED", ended: start + 70_000 });
      assert.deepEqual(asked.slice(1), [
        {
          operation: "ListApplicationOperations",
          input: { ApplicationName: "enrich", Operation: "UpdateApplication", Limit: 10 },
        },
      ]);
    }
  });

  it("reads nothing of updates that weren't, that go on, or of an application at work", async () => {
    assert.deepEqual((await first({}, undefined)).sight.operation, { status: "NONE" });
    const running = [{ ...operation("o-1", 0), OperationStatus: "IN_PROGRESS" }];
    assert.deepEqual((await first({}, running)).sight.operation, { status: "IN_PROGRESS", ended: undefined });
    assert.deepEqual((await first({}, [operation("o-1", 0)])).sight.operation, { status: "UNKNOWN", ended: undefined });
    const updating = await first({ status: "UPDATING" }, running);
    assert.deepEqual([updating.sight.operation, updating.asked.length], [undefined, 1]);
  });

  it("says what can't be read", async () => {
    const { aws } = answering({ DescribeApplication: () => detail() });
    assert.deepEqual((await describeApplication(aws, "enrich", undefined, true)).operation, {
      status: "UNKNOWN",
      error: "whether the last update of enrich failed can't be seen: Error: nothing answers ListApplicationOperations",
    });
  });

  it("with an update of the scaler's under way reads that one's operation", async () => {
    const seen = looking({}, []);
    await describeApplication(seen.aws, "enrich", { ...change, operationId: "o-1" }, true);
    assert.deepEqual(operations(seen), ["DescribeApplicationOperation"]);
  });
});

describe("an update of an application", () => {
  it("sets the parallelism by the look's token, keeps rollback on and AWS's own scaling off, and gives the operation's id", async () => {
    const { aws, asked } = answering({ UpdateApplication: () => ({ OperationId: "o-1" }) });
    assert.equal(await updateParallelism(aws, "enrich", "token", 12), "o-1");
    assert.deepEqual(asked[0]?.input, {
      ApplicationName: "enrich",
      ConditionalToken: "token",
      ApplicationConfigurationUpdate: {
        ApplicationSystemRollbackConfigurationUpdate: { RollbackEnabledUpdate: true },
        FlinkApplicationConfigurationUpdate: {
          ParallelismConfigurationUpdate: {
            ConfigurationTypeUpdate: "CUSTOM",
            ParallelismUpdate: 12,
            AutoScalingEnabledUpdate: false,
          },
        },
      },
    });
  });
});

describe("an application's starts", () => {
  const began = (OperationStatus: string, secondsAfter: number) => ({
    ...operation(OperationStatus, secondsAfter),
    OperationStatus,
  });
  const looked = async (...operations: object[]) => {
    const { aws, asked } = answering({
      ListApplicationOperations: () => ({ ApplicationOperationInfoList: operations }),
      DescribeApplicationOperation: () => ({
        ApplicationOperationInfoDetails: { OperationFailureDetails: { ErrorInfo: { ErrorString: "no main" } } },
      }),
    });
    return [await startsOf(aws, "enrich", start), asked.length] as const;
  };

  it("are asked for why the last one failed only where none went well or is under way", async () => {
    const failed = began("FAILED", 10);
    const unasked = "its log says why";
    assert.deepEqual(await looked(failed), [{ is: "never", reason: "no main" }, 2]);
    assert.deepEqual(await looked(), [{ is: "never", reason: unasked }, 1]);
    assert.deepEqual(await looked(failed, began("SUCCESSFUL", 0)), [{ is: "ran", reason: unasked }, 1]);
    assert.deepEqual(await looked(failed, began("IN_PROGRESS", 20)), [{ is: "starting", reason: unasked }, 1]);
  });
});
