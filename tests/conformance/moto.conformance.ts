import { strict as assert } from "node:assert";
import type { Shape } from "../../sandbox/core/cloud";
import { createCloud } from "../../sandbox/createCloud";
import { deployStack, projectFolder } from "../../sandbox/deploy/deploy";
import { readStackFiles } from "../../sandbox/deploy/stackFiles";
import { region, start } from "../sandbox/wire/fixture";
import { failed, withBoto3, type Boto3Result } from "./boto3";
import { motoExceptions, notReplayed } from "./motoExceptions";
import { freePort, motoServer, needs, python, startServer, type RunningServer } from "./tools";

interface RecordedCall {
  service: string;
  operation: string;
  input: Shape;
}

/** boto3's names where they differ from the endpoint prefixes. */
const clientNames: Record<string, string> = { kinesisanalytics: "kinesisanalyticsv2" };

/** What the stack's deployment calls, in order. */
async function recordDeployment(stack: string): Promise<RecordedCall[]> {
  const cloud = createCloud({ start, seed: 1, region });
  const calls: RecordedCall[] = [];
  const call: typeof cloud.call = (service, operation, input, caller) => {
    calls.push({ service, operation, input });
    return cloud.call(service, operation, input, caller);
  };
  await deployStack({ ...cloud, call }, readStackFiles(projectFolder, stack));
  return calls;
}

describe("the program's resources in moto's server", function () {
  this.timeout(180_000);
  let server: RunningServer | undefined;
  let calls: RecordedCall[];
  let results: Boto3Result[];
  const endpoint = () => `http://127.0.0.1:${server?.port}`;

  before(async function () {
    needs(this, motoServer, "moto's server");
    needs(this, python, "Python with boto3");
    const port = await freePort();
    server = await startServer(motoServer, ["-H", "127.0.0.1", "-p", String(port)], port);
    calls = (await recordDeployment("dev")).filter(({ service }) => !(service in notReplayed));
    results = await withBoto3(
      endpoint(),
      calls.map(({ service, operation, input }) => ({ client: clientNames[service] ?? service, operation, input })),
    );
  });
  after(() => server?.stop());

  const recorded = (operation: string) => calls.filter((call) => call.operation === operation).map(({ input }) => input);

  async function ask(client: string, operation: string, input: Shape): Promise<Shape> {
    const [result] = await withBoto3(endpoint(), [{ client, operation, input }]);
    assert.ok(result && !failed(result), JSON.stringify(result));
    return result.output;
  }

  it("are accepted, but for what is listed as not implemented there", () => {
    const refused: string[] = [];
    const excused = new Set<string>();
    for (const [i, result] of results.entries()) {
      const name = `${calls[i]?.service} ${calls[i]?.operation}`;
      if (!failed(result)) continue;
      if (motoExceptions[name]?.error.test(result.error)) excused.add(name);
      else refused.push(`${name}: ${result.error} ${result.message}`);
    }
    assert.deepEqual(refused, []);
    assert.deepEqual([...excused].sort(), Object.keys(motoExceptions).sort());
  });

  it("have inputs that botocore's service models accept", () => {
    const invalid = results.flatMap((result, i) =>
      failed(result) && result.error === "ParamValidation" ? [`${calls[i]?.operation}: ${result.message}`] : [],
    );
    assert.deepEqual(invalid, []);
  });

  it("are alarms that moto describes as they were put", async () => {
    const put = recorded("PutMetricAlarm");
    assert.ok(put.length > 10);
    const { MetricAlarms } = await ask("cloudwatch", "DescribeAlarms", { MaxRecords: 100 });
    for (const alarm of put) {
      const described = MetricAlarms.find((one: Shape) => one.AlarmName === alarm.AlarmName);
      assert.ok(described, alarm.AlarmName);
      const fields = [
        "Threshold",
        "EvaluationPeriods",
        "DatapointsToAlarm",
        "ComparisonOperator",
        "TreatMissingData",
        "AlarmActions",
      ];
      for (const field of fields.filter((name) => alarm[name] !== undefined))
        assert.deepEqual(described[field], alarm[field], `${alarm.AlarmName} ${field}`);
      const expressions = (rows: Shape[] | undefined) =>
        (rows ?? []).map((row) => [row.Id, row.Expression, row.MetricStat?.Stat]);
      assert.deepEqual(expressions(described.Metrics), expressions(alarm.Metrics), alarm.AlarmName);
    }
  });

  it("are a dashboard whose body moto gives back", async () => {
    const [put] = recorded("PutDashboard");
    const { DashboardBody } = await ask("cloudwatch", "GetDashboard", { DashboardName: put.DashboardName });
    assert.deepEqual(JSON.parse(DashboardBody), JSON.parse(put.DashboardBody));
  });

  it("are scalable targets and policies that moto describes as they were put", async () => {
    const ServiceNamespace = "custom-resource";
    const { ScalableTargets } = await ask("application-autoscaling", "DescribeScalableTargets", { ServiceNamespace });
    const bounds = (targets: Shape[]) => targets.map((one) => [one.ResourceId, one.MinCapacity, one.MaxCapacity]).sort();
    assert.deepEqual(bounds(ScalableTargets), bounds(recorded("RegisterScalableTarget")));
    const { ScalingPolicies } = await ask("application-autoscaling", "DescribeScalingPolicies", { ServiceNamespace });
    const steps = (policies: Shape[]) =>
      policies.map((one) => [one.PolicyName, one.PolicyType, one.StepScalingPolicyConfiguration]).sort();
    assert.deepEqual(steps(ScalingPolicies), steps(recorded("PutScalingPolicy")));
  });

  it("are parameters that moto stores and gives back", async () => {
    const put = recorded("PutParameter");
    assert.equal(put.length, 7);
    const { Parameters } = await ask("ssm", "GetParameters", { Names: put.map(({ Name }) => Name) });
    const values = (parameters: Shape[]) => parameters.map(({ Name, Value, Type }) => [Name, Value, Type]).sort();
    assert.deepEqual(values(Parameters), values(put));
  });
});
