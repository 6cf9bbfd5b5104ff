import type { Requirement, Shape } from "../../core/cloud";
import { applicationArn, type FlinkAccount } from "./account";

/** Operations without a resource type ("Actions, resources, and condition keys for Amazon Kinesis Analytics V2"). */
const unscoped = new Set(["CreateApplication", "ListApplications"]);

export function flinkRequirements(account: FlinkAccount, operation: string, input: Shape): Requirement[] {
  const resource = input?.ResourceARN ?? applicationArn(account.cloud, input?.ApplicationName ?? "");
  const needs = [{ action: `kinesisanalytics:${operation}`, resource: unscoped.has(operation) ? "*" : resource }];
  const role = operation === "CreateApplication" ? input?.ServiceExecutionRole : input?.ServiceExecutionRoleUpdate;
  if (typeof role === "string") needs.push({ action: "iam:PassRole", resource: role });
  if (operation === "CreateApplication" && input?.Tags) needs.push({ action: "kinesisanalytics:TagResource", resource: "*" });
  // "The caller of UpdateApplication may also need kinesisanalytics:CreateSystemSnapshot" (enhanced snapshots).
  if (operation === "UpdateApplication" && takesEnhancedSnapshot(account, input)) {
    needs.push({ action: "kinesisanalytics:CreateSystemSnapshot", resource });
  }
  return needs;
}

function takesEnhancedSnapshot(account: FlinkAccount, input: Shape): boolean {
  const application = account.applications.get(input?.ApplicationName);
  const snapshots = application?.version.configuration.ApplicationSnapshotConfigurationDescription;
  return application?.status === "RUNNING" && snapshots?.SnapshotsEnabled && snapshots.SnapshotMode === "ENHANCED_SNAPSHOTS";
}
