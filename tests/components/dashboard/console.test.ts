import { strict as assert } from "node:assert";
import { dashboardUrl, logGroupUrl } from "../../../components/dashboard/console";

describe("console addresses", () => {
  it("encode the dashboard's name", () => {
    assert.equal(
      dashboardUrl("us-east-1", "a b/c"),
      "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/a%20b%2Fc",
    );
  });

  it("encode a log group twice, with $ for %", () => {
    assert.match(logGroupUrl("us-east-1", "/aws/lambda/f"), /#logsV2:log-groups\/log-group\/\$252Faws\$252Flambda\$252Ff$/);
  });

  it("go to the partition of the region", () => {
    assert.match(dashboardUrl("cn-north-1", "d"), /^https:\/\/cn-north-1\.console\.amazonaws\.cn\//);
    assert.match(dashboardUrl("us-gov-west-1", "d"), /^https:\/\/console\.amazonaws-us-gov\.com\//);
  });
});
