// Source: Actions, resources, and condition keys for Amazon CloudWatch
import { strict as assert } from "node:assert";
import { cloudWatchAlone } from "./support";

const alarm = (name: string) => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`;
const dashboard = (name: string) => `arn:aws:cloudwatch::123456789012:dashboard/${name}`;

describe("permissions of CloudWatch's operations", () => {
  const { cloudwatch } = cloudWatchAlone();
  for (const [operation, input, expected] of [
    ["PutMetricAlarm", { AlarmName: "a" }, [["PutMetricAlarm", alarm("a")]]],
    [
      "PutMetricAlarm",
      { AlarmName: "a", Tags: [{ Key: "k", Value: "v" }] },
      [
        ["PutMetricAlarm", alarm("a")],
        ["TagResource", alarm("a")],
      ],
    ],
    [
      "DeleteAlarms",
      { AlarmNames: ["a", "b"] },
      [
        ["DeleteAlarms", alarm("a")],
        ["DeleteAlarms", alarm("b")],
      ],
    ],
    ["DescribeAlarms", {}, [["DescribeAlarms", alarm("*")]]],
    ["SetAlarmState", { AlarmName: "a" }, [["SetAlarmState", alarm("a")]]],
    ["GetMetricData", {}, [["GetMetricData", "*"]]],
    ["PutMetricData", {}, [["PutMetricData", "*"]]],
    ["GetDashboard", { DashboardName: "d" }, [["GetDashboard", dashboard("d")]]],
    ["DeleteDashboards", { DashboardNames: ["d"] }, [["DeleteDashboards", dashboard("d")]]],
    ["TagResource", { ResourceARN: alarm("a") }, [["TagResource", alarm("a")]]],
  ] as const) {
    it(`${operation} of ${JSON.stringify(input)}`, () => {
      assert.deepEqual(
        cloudwatch.requirements(operation, input),
        expected.map(([action, resource]) => ({ action: `cloudwatch:${action}`, resource })),
      );
    });
  }

  it("every operation needs at least one", () => {
    for (const operation of Object.keys(cloudwatch.operations)) {
      const input = { AlarmNames: ["a"], DashboardNames: ["d"], AlarmName: "a", DashboardName: "d", ResourceARN: alarm("a") };
      assert.ok(cloudwatch.requirements(operation, input).length > 0, operation);
    }
  });
});
