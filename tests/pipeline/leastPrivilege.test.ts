import * as assert from "node:assert/strict";
import { minute, Phase } from "../../sandbox/core/clock";
import { resourceOf } from "./support/deployed";
import { openPipeline, steady, type PipelineRun } from "./support/pipelineRun";

interface Statement {
  Action: string | string[];
}

/** What makes the scaler need an action, with the stack's `wanted` counts one further each time. */
type Trigger = (run: PipelineRun, wanted: { shards: number; kpus: number }) => Promise<void>;

const stream = "dev-stream";
const application = "dev-flink";

const nextMinute: Trigger = (run) => run.advance(2);

const rescale: Trigger = async (run, wanted) => {
  await patch(run, application, ++wanted.kpus);
  await run.advance(4);
};

/** A changed function starts anew, with a log stream of its own. */
async function newInstance(run: PipelineRun): Promise<void> {
  const FunctionName = resourceOf(run, "aws:lambda/function:Function").deployed.id;
  await run.cloud.call("lambda", "UpdateFunctionConfiguration", { FunctionName, MemorySize: 320 }, run.cloud.deployer);
  await run.advance(15);
}

/** The day's one UpdateShardCount is spent: splits and merges until all shards are equal again. */
const plan: Trigger = async (run, wanted) => {
  await patch(run, stream, ++wanted.shards);
  await run.advance(25);
};

const triggers: Record<string, Trigger> = {
  "ssm:GetParametersByPath": nextMinute,
  "kinesis:DescribeStreamSummary": nextMinute,
  "kinesisanalytics:DescribeApplication": nextMinute,
  "ssm:GetParameters": async (run) => void (await request(run, "GET", stream)),
  "ssm:PutParameter": async (run, wanted) => {
    await patch(run, stream, wanted.shards);
    await patch(run, application, ++wanted.kpus);
    await run.advance(4);
  },
  "kinesis:UpdateShardCount": async (run, wanted) => {
    await patch(run, stream, ++wanted.shards);
    await run.advance(4);
  },
  // After a reshard the application's affected connector waits until its lag is known.
  "cloudwatch:GetMetricData": rescale,
  "kinesisanalytics:UpdateApplication": rescale,
  "kinesisanalytics:DescribeApplicationOperation": rescale,
  "kinesisanalytics:ListApplicationOperations": async (run, wanted) => {
    await run.advance(4);
    const { applicationName } = run.deployment.outputs;
    await patch(run, application, ++wanted.kpus);
    // The service does it, and its answer doesn't arrive: for the scaler an error, and a version it didn't expect.
    run.cloud.flink.failNext("UpdateApplication", "InternalFailure", { statusCode: 500 });
    run.cloud.clock.at(run.cloud.clock.now() + minute, Phase.Observe, async () => {
      const call = (operation: string, input: object) =>
        run.cloud.call("kinesisanalytics", operation, { ApplicationName: applicationName, ...input }, run.cloud.deployer);
      const { ApplicationDetail } = await call("DescribeApplication", {});
      await call("UpdateApplication", {
        ConditionalToken: ApplicationDetail.ConditionalToken,
        ApplicationConfigurationUpdate: {
          FlinkApplicationConfigurationUpdate: { ParallelismConfigurationUpdate: { ParallelismUpdate: wanted.kpus } },
        },
      });
    });
    await run.advance(6);
  },
  // Made anew, as a deployment that replaces it does: it has never run.
  "kinesisanalytics:StartApplication": async (run) => {
    const { applicationName: ApplicationName } = run.deployment.outputs;
    const call = (operation: string, input: object) =>
      run.cloud.call("kinesisanalytics", operation, { ApplicationName, ...input }, run.cloud.deployer);
    const { ApplicationDetail: detail } = await call("DescribeApplication", {});
    await call("DeleteApplication", { CreateTimestamp: detail.CreateTimestamp });
    await run.advance(2);
    await call("CreateApplication", {
      RuntimeEnvironment: "FLINK-1_20",
      ServiceExecutionRole: detail.ServiceExecutionRole,
      ApplicationConfiguration: { FlinkApplicationConfiguration: {} },
    });
    await run.advance(2);
  },
  "kinesis:ListShards": plan,
  "kinesis:SplitShard": plan,
  "kinesis:MergeShards": plan,
  // Two runs at once write the same state: the second one puts the first one's back.
  "ssm:GetParameter": async (run, wanted) => {
    await patch(run, application, ++wanted.kpus);
    const functionArn = resourceOf(run, "aws:lambda/function:Function").deployed.state.arn as string;
    const event = {
      source: "aws.events",
      "detail-type": "Scheduled Event",
      time: new Date(run.cloud.clock.now()).toISOString(),
    };
    const invoke = () => run.cloud.peers.invokeLambda(functionArn, JSON.stringify(event), run.cloud.deployer);
    await run.exclusively(() => Promise.all([invoke(), invoke()]));
    await run.advance(4);
  },
  "logs:CreateLogStream": newInstance,
  "logs:PutLogEvents": newInstance,
};

describe("the scaler's role", () => {
  const open = () =>
    openPipeline({
      stack: "dev",
      traffic: steady(3_600),
      config: { shardUpdatesPerDay: 1, connectorVersion: "5.0.0", checkpointIntervalSeconds: 10 },
    });

  it("names the actions that the triggers of this test need, and no others", async () => {
    const run = await open();
    assert.deepEqual(policiesOf(run).flatMap(actionsOf).sort(), Object.keys(triggers).sort());
  });

  it("allows nothing that no run ever needs", async function () {
    this.timeout(60_000);
    const run = await open();
    const wanted = { shards: 8, kpus: 16 };
    await run.advance(3);
    for (const trigger of Object.values(triggers)) await trigger(run, wanted);
    // An update that fails and is rolled back.
    run.cloud.flink.failNextUpdate(run.deployment.outputs.applicationName);
    await rescale(run, wanted);
    assert.deepEqual(run.cloud.iam.unusedPermissions(roleArn(run)), []);
    assert.deepEqual(denials(run), []);
  });

  for (const [action, trigger] of Object.entries(triggers)) {
    it(`tells the operator in words when ${action} is missing`, async function () {
      this.timeout(60_000);
      const run = await open();
      const wanted = { shards: 8, kpus: 16 };
      await run.advance(3);
      for (const earlier of needed[action] ?? []) await earlier(run, wanted);
      await withdraw(run, action);
      await trigger(run, wanted);
      const told = action.startsWith("logs:") ? silence(run) : denials(run).filter((text) => text.includes(operationOf(action)));
      assert.ok(told.length > 0, `told: ${denials(run).join("\n") || "nothing"}`);
    });
  }
});

/** What must have happened for an action to be needed. */
const reshard = triggers["kinesis:UpdateShardCount"]!;
const needed: Record<string, Trigger[]> = {
  "cloudwatch:GetMetricData": [reshard],
  "kinesis:ListShards": [reshard],
  "kinesis:SplitShard": [reshard],
  "kinesis:MergeShards": [reshard],
};

/** Everything where an operator would read of a refusal: the scaler's log lines, the function's result, the event of lost log lines. */
function denials({ lines, events }: PipelineRun): string[] {
  const texts = [
    ...lines.map(({ reason }) => reason),
    ...events.map(({ message, detail }) => `${message} ${JSON.stringify(detail)}`),
  ];
  return texts.filter((text) => /AccessDenied|not authorized/.test(text));
}

/** Without its log the scaler can't say anything: that is what the alarms on its silence are for. */
const silence = ({ cloud }: PipelineRun) =>
  cloud.cloudwatch.alarms().flatMap(({ name, state }) => (/scaler-silent/.test(name) && state === "ALARM" ? [name] : []));

const operationOf = (action: string) => action.split(":")[1]!;

async function request(run: PipelineRun, method: "GET" | "PATCH", id: string, body?: string) {
  const { host, pathname } = new URL(`${run.deployment.outputs.endpoint}/scalableTargetDimensions/${id}`);
  return run.cloud.peers.requestApi({ method, host, path: pathname, headers: {}, body }, run.cloud.deployer);
}

const patch = (run: PipelineRun, id: string, desiredCapacity: number) =>
  request(run, "PATCH", id, JSON.stringify({ desiredCapacity }));

/** The scaler's own, and what its pipeline brings. */
const policiesOf = (run: PipelineRun) =>
  ["dev-scaler-role-policy", "dev-scaler-policy"].map((name) => resourceOf(run, "aws:iam/rolePolicy:RolePolicy", name));
const roleArn = (run: PipelineRun) => resourceOf(run, "aws:iam/role:Role", "dev-scaler-role").deployed.state.arn as string;

type Policy = ReturnType<typeof policiesOf>[number];
const statementsOf = ({ inputs }: Policy) => (JSON.parse(inputs["policy"] as string) as { Statement: Statement[] }).Statement;
const actionsOf = (policy: Policy) => statementsOf(policy).flatMap(({ Action }) => Action);

async function withdraw(run: PipelineRun, action: string): Promise<void> {
  const policy = policiesOf(run).find((one) => actionsOf(one).includes(action));
  assert.ok(policy, action);
  const left = statementsOf(policy)
    .map((statement) => ({ ...statement, Action: [statement.Action].flat().filter((other) => other !== action) }))
    .filter(({ Action }) => Action.length > 0);
  await run.cloud.call(
    "iam",
    "PutRolePolicy",
    {
      RoleName: policy.inputs["role"],
      PolicyName: policy.deployed.state["name"],
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: left }),
    },
    run.cloud.deployer,
  );
}
