import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { pipelineStatements, scalerStatements } from "../../../components/scaler/scalerPolicy";

const args = {
  parameterPathArn: "arn:aws:ssm:us-east-1:123456789012:parameter/sluice/dev",
  logGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:scaler",
};
const path = args.parameterPathArn;

const resolved = <T>(output: pulumi.Input<T>) => new Promise<pulumi.Unwrap<T>>((resolve) => pulumi.output(output).apply(resolve));

const all = () => [...scalerStatements(args), ...pipelineStatements(["arn:stream"], ["arn:application"])];

async function table(): Promise<[string, string[], string[]][]> {
  const statements = all();
  return Promise.all(statements.map(async ({ sid, actions, resources }) => [sid, actions, await resolved(resources)] as never));
}

describe("the scaler's role, with a pipeline that joined", () => {
  before(() => pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }));

  it("may do exactly this", async () => {
    assert.deepEqual(await table(), [
      ["FindParameters", ["ssm:GetParametersByPath"], [path]],
      ["ReadParameters", ["ssm:GetParameter", "ssm:GetParameters"], [`${path}/*`]],
      ["WriteParameters", ["ssm:PutParameter"], [`${path}/*/desired`, `${path}/*/state`]],
      ["ReadLag", ["cloudwatch:GetMetricData"], ["*"]],
      ["WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [`${args.logGroupArn}:*`]],
      [
        "ScaleStream",
        [
          "kinesis:DescribeStreamSummary",
          "kinesis:ListShards",
          "kinesis:MergeShards",
          "kinesis:SplitShard",
          "kinesis:UpdateShardCount",
        ],
        ["arn:stream"],
      ],
      [
        "ScaleApplication",
        [
          "kinesisanalytics:DescribeApplication",
          "kinesisanalytics:DescribeApplicationOperation",
          "kinesisanalytics:ListApplicationOperations",
          "kinesisanalytics:StartApplication",
          "kinesisanalytics:UpdateApplication",
        ],
        ["arn:application"],
      ],
    ]);
  });

  it("names a resource everywhere but for GetMetricData, which has no resource type", async () => {
    const open = (await table()).filter(([, , resources]) => resources.includes("*"));
    assert.deepEqual(
      open.map(([sid]) => sid),
      ["ReadLag"],
    );
    for (const { actions, reason } of all()) {
      assert.ok(reason.length > 20);
      for (const action of actions) assert.doesNotMatch(action, /\*/);
    }
  });

  it("may not write its own configuration", async () => {
    const [, , resources] = (await table()).find(([sid]) => sid === "WriteParameters")!;
    assert.ok(!resources.some((resource) => resource.endsWith("/config") || resource.endsWith("/*")));
  });
});
