import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { scalerStatements } from "../../../components/scaler/scalerPolicy";

const args = {
  parameterPathArn: "arn:aws:ssm:us-east-1:123456789012:parameter/sluice/dev",
  logGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:scaler",
  streamArns: ["arn:stream"],
  applicationArns: ["arn:application"],
};
const path = args.parameterPathArn;

const resolved = <T>(output: pulumi.Input<T>) => new Promise<pulumi.Unwrap<T>>((resolve) => pulumi.output(output).apply(resolve));

async function table(given = args): Promise<[string, string[], string[]][]> {
  const statements = scalerStatements(given);
  return Promise.all(statements.map(async ({ sid, actions, resources }) => [sid, actions, await resolved(resources)] as never));
}

describe("the scaler's role", () => {
  before(() => pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }));

  it("may do exactly this", async () => {
    assert.deepEqual(await table(), [
      ["FindParameters", ["ssm:GetParametersByPath"], [path]],
      ["ReadParameters", ["ssm:GetParameter", "ssm:GetParameters"], [`${path}/*`]],
      ["WriteParameters", ["ssm:PutParameter"], [`${path}/*/desired`, `${path}/*/state`]],
      [
        "ScaleStreams",
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
        "ScaleApplications",
        [
          "kinesisanalytics:DescribeApplication",
          "kinesisanalytics:DescribeApplicationOperation",
          "kinesisanalytics:ListApplicationOperations",
          "kinesisanalytics:StartApplication",
          "kinesisanalytics:UpdateApplication",
        ],
        ["arn:application"],
      ],
      ["ReadLag", ["cloudwatch:GetMetricData"], ["*"]],
      ["WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [`${args.logGroupArn}:*`]],
    ]);
  });

  it("names a resource everywhere but for GetMetricData, which has no resource type", async () => {
    const open = (await table()).filter(([, , resources]) => resources.includes("*"));
    assert.deepEqual(
      open.map(([sid]) => sid),
      ["ReadLag"],
    );
    for (const { actions, reason } of scalerStatements(args)) {
      assert.ok(reason.length > 20);
      for (const action of actions) assert.doesNotMatch(action, /\*/);
    }
  });

  it("may not write its own configuration", async () => {
    const [, , resources] = (await table()).find(([sid]) => sid === "WriteParameters")!;
    assert.ok(!resources.some((resource) => resource.endsWith("/config") || resource.endsWith("/*")));
  });

  it("has no statement about what the pipeline doesn't have", async () => {
    const sids = (await table({ ...args, applicationArns: [] })).map(([sid]) => sid);
    assert.deepEqual(sids, ["FindParameters", "ReadParameters", "WriteParameters", "ScaleStreams", "WriteLog"]);
  });
});
