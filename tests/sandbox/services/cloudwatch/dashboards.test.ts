// Source: Dashboard Body Structure and Syntax; PutDashboard (API reference)
import { strict as assert } from "node:assert";
import type { Shape } from "../../../../sandbox/core/cloud";
import { checkDashboardBody } from "../../../../sandbox/services/cloudwatch/dashboardBody";
import { cloudWatchAlone, minute, start } from "./support";

const widget = (properties: Shape = {}, more: Shape = {}): Shape => ({
  type: "metric",
  x: 0,
  y: 0,
  width: 12,
  height: 6,
  properties: { region: "eu-west-1", metrics: [["Test", "Load"]], ...properties },
  ...more,
});
const bodyOf = (...widgets: Shape[]) => JSON.stringify({ widgets });

describe("dashboards", () => {
  it("are put, got, listed with size and time, and deleted", async () => {
    const { call, runTo } = cloudWatchAlone();
    const DashboardBody = bodyOf(widget());
    assert.deepEqual(await call("PutDashboard", { DashboardName: "dev", DashboardBody }), { DashboardValidationMessages: [] });
    await runTo(1);
    await call("PutDashboard", { DashboardName: "prod", DashboardBody });
    const DashboardArn = "arn:aws:cloudwatch::123456789012:dashboard/dev";
    assert.deepEqual(await call("GetDashboard", { DashboardName: "dev" }), { DashboardArn, DashboardBody, DashboardName: "dev" });
    const { DashboardEntries } = await call("ListDashboards");
    assert.deepEqual(DashboardEntries[1], {
      DashboardName: "prod",
      DashboardArn: DashboardArn.replace("dev", "prod"),
      LastModified: new Date(start + minute),
      Size: DashboardBody.length,
    });
    assert.equal((await call("ListDashboards", { DashboardNamePrefix: "d" })).DashboardEntries.length, 1);
    await call("DeleteDashboards", { DashboardNames: ["dev"] });
    await assert.rejects(call("GetDashboard", { DashboardName: "dev" }), { name: "DashboardNotFoundError", statusCode: 404 });
  });

  it("are deleted all or, if one can't be found, none", async () => {
    const { call } = cloudWatchAlone();
    await call("PutDashboard", { DashboardName: "dev", DashboardBody: bodyOf() });
    await assert.rejects(call("DeleteDashboards", { DashboardNames: ["dev", "none"] }), { name: "DashboardNotFoundError" });
    assert.ok(await call("GetDashboard", { DashboardName: "dev" }));
  });

  it("have names of letters, digits, dashes and underscores", async () => {
    const { call } = cloudWatchAlone();
    await assert.rejects(call("PutDashboard", { DashboardName: "a b", DashboardBody: bodyOf() }), {
      name: "DashboardInvalidInputError",
    });
  });
});

describe("a dashboard's body", () => {
  const accepted: [string, Shape][] = [
    ["a graph", widget()],
    ["a gauge with a range", widget({ view: "gauge", yAxis: { left: { min: 0, max: 100 } } })],
    ["an alarm annotation without metrics", widget({ metrics: undefined, annotations: { alarms: ["arn"] } })],
    ["text", { type: "text", properties: { markdown: "# Runbook" } }],
    ["alarms", { type: "alarm", properties: { alarms: ["arn"] } }],
    ["a log query", { type: "log", properties: { query: "SOURCE 'x'", region: "eu-west-1" } }],
  ];
  for (const [what, accepting] of accepted)
    it(`may have ${what}`, () => assert.deepEqual(checkDashboardBody(bodyOf(accepting)), []));

  for (const [what, body, path] of [
    ["that is no JSON", "{", "/"],
    ["without widgets", "{}", "/widgets"],
    ["with more than 500 widgets", bodyOf(...Array(501).fill(widget())), "/widgets"],
    ["with an unknown type", bodyOf({ type: "chart" }), "/widgets/0/type"],
    ["with x and no y", bodyOf(widget({}, { y: undefined })), "/widgets/0"],
    ["wider than the grid", bodyOf(widget({}, { width: 25 })), "/widgets/0/width"],
    ["without properties", bodyOf({ type: "text" }), "/widgets/0/properties"],
    ["without region", bodyOf(widget({ region: undefined })), "/widgets/0/properties/region"],
    ["with an unknown view", bodyOf(widget({ view: "area" })), "/widgets/0/properties/view"],
    ["without metrics", bodyOf(widget({ metrics: undefined })), "/widgets/0/properties/metrics"],
    ["with more than 500 metrics", bodyOf(widget({ metrics: Array(501).fill(["A", "b"]) })), "/widgets/0/properties/metrics"],
    ["with an alarm annotation beside metrics", bodyOf(widget({ annotations: { alarms: ["arn"] } })), "/widgets/0/properties"],
    [
      "with alarm and horizontal annotations",
      bodyOf(widget({ metrics: undefined, annotations: { alarms: ["a"], horizontal: [] } })),
      "/widgets/0/properties/annotations",
    ],
    ["with a gauge without range", bodyOf(widget({ view: "gauge" })), "/widgets/0/properties/yAxis/left"],
    ["with a period of 90 s", bodyOf(widget({ period: 90 })), "/widgets/0/properties/period"],
    ["with text without markdown", bodyOf({ type: "text", properties: {} }), "/widgets/0/properties/markdown"],
    [
      "with an alarm widget without alarms",
      bodyOf({ type: "alarm", properties: { alarms: [] } }),
      "/widgets/0/properties/alarms",
    ],
  ] as const) {
    it(`${what} is refused at ${path}`, () => {
      assert.throws(
        () => checkDashboardBody(body),
        (error: Shape) => {
          assert.equal(error.name, "DashboardInvalidInputError");
          assert.deepEqual(
            error.dashboardValidationMessages.map(({ DataPath }: Shape) => DataPath),
            [path],
          );
          return true;
        },
      );
    });
  }

  it("is refused with all its problems at once", () => {
    assert.throws(
      () => checkDashboardBody(bodyOf(widget({ view: "area" }), { type: "chart" })),
      /\/widgets\/0\/properties\/view: .*; \/widgets\/1\/type: /,
    );
  });
});
