import * as pulumi from "@pulumi/pulumi";
import { strict as assert } from "node:assert";
import { dashboardBody, PipelineDashboard, sortedJson } from "../../../components/dashboard/pipelineDashboard";
import { fullModel } from "./model";

interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

const valueOf = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

describe("PipelineDashboard", () => {
  const registered: Registered[] = [];

  before(() => {
    void pulumi.runtime.setMocks({
      call: () => ({ region: "eu-west-1", accountId: "111122223333" }),
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs: inputs as Record<string, unknown> });
        return {
          id: name,
          state: { ...inputs, dashboardArn: `arn:aws:cloudwatch::111122223333:dashboard/${inputs.dashboardName}` },
        };
      },
    });
  });

  const create = async (name: string) => {
    const known = fullModel({ dashboardName: "dev pipeline" });
    const { region: _ofTheProvider, ...args } = known;
    const dashboard = new PipelineDashboard(name, {
      ...args,
      names: { ...known.names, streamName: pulumi.output(known.names.streamName) },
      alarmArns: known.alarmArns.map((arn) => pulumi.output(arn)),
    });
    const [url, arn, urn] = await Promise.all([dashboard.url, dashboard.dashboardArn, dashboard.urn].map(valueOf));
    return { known, url, arn, urn: urn ?? "" };
  };

  it("is one CloudWatch dashboard whose body is the pure function's, key-sorted", async () => {
    const { known } = await create("pipeline");
    const [resource, ...others] = registered.filter(({ name }) => name.startsWith("pipeline-"));
    assert.deepEqual(others, []);
    assert.deepEqual(resource, {
      type: "aws:cloudwatch/dashboard:Dashboard",
      name: "pipeline-dashboard",
      inputs: { dashboardName: "dev pipeline", dashboardBody: sortedJson(dashboardBody(known)) },
    });
  });

  it("is a component of the type that its package publishes, named as it is told", async () => {
    const { urn } = await create("token");
    assert.match(urn, /::sluice:index:PipelineDashboard::token$/);
  });

  it("gives its ARN and its address in the console, encoded", async () => {
    const { url, arn } = await create("outputs");
    assert.equal(
      url,
      "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/dev%20pipeline",
    );
    assert.equal(arn, "arn:aws:cloudwatch::111122223333:dashboard/dev pipeline");
  });
});
