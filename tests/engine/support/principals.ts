import type { SandboxCloud } from "../../../sandbox/createCloud";

/** A user with all permissions. */
export async function administrator({ call, deployer }: SandboxCloud, UserName: string): Promise<void> {
  await call("iam", "CreateUser", { UserName }, deployer);
  await call("iam", "AttachUserPolicy", { UserName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }, deployer);
}

/** From now on the user may do everything but this. */
export async function deny({ call, deployer }: SandboxCloud, UserName: string, Action: string | string[]): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action, Resource: "*" }] });
  await call("iam", "PutUserPolicy", { UserName, PolicyName: "denied", PolicyDocument }, deployer);
}
