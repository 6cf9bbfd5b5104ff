import * as assert from "node:assert/strict";
import { partitionOf } from "../../components/partition";
import { foreign } from "../support/foreign";
import { filesOfVariant, recordDeployment, variants, type RecordedDeployment } from "../support/recordedDeployments";
import { exceptions, type Exception } from "./exceptions";
import { judgeCalls, judgePolicies, judgeResources, unexcepted } from "./judge";
import { needsJudges } from "./needsJudges";

const partitions = ["us-east-1", "us-gov-west-1", "cn-north-1"];
/** Services take what they take in every partition: in two of them one stack is judged whole. */
const isJudged = (name: string, region: string) => region === "us-east-1" || name === "everything that can be asked for";

describe("what a deployment asks AWS for, judged from outside", function () {
  this.timeout(120_000);
  const met = new Set<Exception>();
  const judged = new Set<string>();

  before(needsJudges);

  for (const region of partitions)
    for (const name of Object.keys(variants))
      describe(`${name} in ${region}`, () => {
        let deployment: RecordedDeployment;
        before(async () => {
          deployment = await recordDeployment(filesOfVariant(name, region));
        });

        if (isJudged(name, region)) {
          it("calls that AWS's service models allow", () => {
            assert.deepEqual(unexcepted(judgeCalls(deployment), met), []);
          });

          it("resources that cfn-lint passes as CloudFormation", () => {
            assert.deepEqual(unexcepted(judgeResources(deployment, region), met), []);
          });

          it("policies that parliament and AWS's authorization reference know", () => {
            assert.deepEqual(unexcepted(judgePolicies(deployment), met), []);
            judged.add(name);
          });
        }

        it("no ARN and no host of another partition", () => {
          const partition = partitionOf(region);
          for (const { type, name: logicalName, inputs, deployed } of deployment.resources)
            assert.deepEqual(foreign(JSON.stringify([inputs, deployed]), partition), [], `${type} ${logicalName}`);
          const environments = deployment.calls.flatMap(({ input }) => (input.Environment ? [input.Environment.Variables] : []));
          assert.equal(environments.length, 1);
          assert.deepEqual(foreign(JSON.stringify(environments), partition), []);
        });
      });

  describe("the exceptions", () => {
    it("are all needed", function () {
      if (judged.size < Object.keys(variants).length) this.skip();
      assert.deepEqual(
        exceptions.filter((exception) => !met.has(exception)),
        [],
      );
    });
  });
});
