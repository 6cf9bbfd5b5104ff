import type { Cloud, Operation, Shape } from "../../core/cloud";
import { checkDashboardBody } from "./dashboardBody";
import { dashboardInvalid, dashboardNotFound, invalidParameterValue } from "./errors";
import { page } from "./paging";

interface Dashboard {
  name: string;
  arn: string;
  body: string;
  modified: number;
}

export interface Dashboards {
  exists(arn: string): boolean;
  operations: Record<string, Operation>;
}

const namePattern = /^[A-Za-z0-9_-]{1,255}$/;
const listPage = 1000;

export function createDashboards({ account, partition }: Pick<Cloud, "account" | "partition">, now: () => number): Dashboards {
  const dashboards = new Map<string, Dashboard>();
  const arnOf = (name: string) => `arn:${partition}:cloudwatch::${account}:dashboard/${name}`;

  const put = (input: Shape): Shape => {
    const name = String(input.DashboardName ?? "");
    if (!namePattern.test(name)) {
      throw dashboardInvalid(
        `The value ${name} for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).`,
      );
    }
    const messages = checkDashboardBody(input.DashboardBody);
    dashboards.set(name, { name, arn: arnOf(name), body: input.DashboardBody, modified: now() });
    return { DashboardValidationMessages: messages };
  };

  const get = (input: Shape): Shape => {
    const dashboard = dashboards.get(String(input.DashboardName ?? ""));
    if (!dashboard) throw dashboardNotFound(`Dashboard ${input.DashboardName} does not exist`);
    return { DashboardArn: dashboard.arn, DashboardBody: dashboard.body, DashboardName: dashboard.name };
  };

  const list = (input: Shape): Shape => {
    const found = [...dashboards.values()]
      .filter(({ name }) => name.startsWith(input.DashboardNamePrefix ?? ""))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, arn, body, modified }) => ({
        DashboardName: name,
        DashboardArn: arn,
        LastModified: new Date(modified),
        Size: Buffer.byteLength(body),
      }));
    const { items, nextToken } = page(found, input.NextToken, listPage);
    return { DashboardEntries: items, ...(nextToken ? { NextToken: nextToken } : {}) };
  };

  /** "If any one of these dashboards can't be found, the operation returns an error and no dashboards are deleted." */
  const remove = (input: Shape): Shape => {
    const names: string[] = input.DashboardNames ?? [];
    if (names.length === 0) throw invalidParameterValue("Need at least 1 dashboard");
    const missing = names.filter((name) => !dashboards.has(name));
    if (missing.length > 0) throw dashboardNotFound(`Dashboard ${missing.join(", ")} does not exist`);
    for (const name of names) dashboards.delete(name);
    return {};
  };

  return {
    exists: (arn) => [...dashboards.values()].some((dashboard) => dashboard.arn === arn),
    operations: { PutDashboard: put, GetDashboard: get, ListDashboards: list, DeleteDashboards: remove },
  };
}
