// Source: hashicorp/terraform-provider-aws, the code under @pulumi/aws (read in its source; versions differ)
import * as assert from "node:assert/strict";
import { createCloud } from "../../../sandbox/createCloud";
import { createProvider } from "../../../sandbox/deploy/provider";
import { replacements } from "./replacements";

// Source: ForceNew in the schema of each resource: internal/service/*/*.go
describe("what replaces a resource", () => {
  const cloud = createCloud({ start: 0, seed: 1, region: "us-east-1" });
  const provider = createProvider(cloud, cloud.deployer);
  const inPlace = ["threshold", "policy", "settings", "retryPolicy", "dashboardBody", "value", "forceDestroy", "source", "uri"];
  const elsewhere = ["retentionInDays", "kmsKeyId", "pathPart", "authorization", "assumeRolePolicy", "inlinePolicies"];

  for (const { type, by, source } of replacements)
    it(`${type}: ${by === "everything" ? by : by.join(", ")} (${source})`, () => {
      const given = [...new Set([...(by === "everything" ? [] : by), ...inPlace, ...elsewhere])];
      const all = (value: string) => Object.fromEntries(given.map((key) => [key, value]));
      const expected = by === "everything" ? given : by;
      assert.deepEqual(provider.diff(type, all("a"), all("b")).replaces.sort(), [...expected].sort());
    });

  it("what the provider changes in place and the sandbox doesn't is refused, not ignored", async () => {
    const type = "aws:apigateway/resource:Resource";
    const state = { restApi: "a", parentId: "b", pathPart: "c" };
    await assert.rejects(provider.update(type, "r", state, { ...state, pathPart: "d" }), /changes pathPart of .* in place/);
  });
});
