import type { Principal, Requirement } from "../../sandbox/core/cloud";
import { minute } from "../../sandbox/core/clock";
import type { SandboxCloud } from "../../sandbox/createCloud";
import type { DeployedResource } from "../../sandbox/deploy/deploy";
import { createEngine, createProvider, type Provider } from "../../sandbox/deploy/provider";
import type { StackFiles } from "../../sandbox/deploy/stackFiles";
import { cloudFor, filesOf, recordDeployment } from "./recordedDeployments";

/** What a deployer does with a stack, as `pulumi up`, `pulumi preview` with a refresh and `pulumi destroy` do it. */
export type Deed = "create" | "read" | "update" | "delete";

const bothPolicies = { applicationScaling: { policy: "targetTracking" } };
const scheduled = { streamScaling: { schedule: [{ minimum: 4, from: "08:00", to: "18:00" }] } };

function withEverything(pipelines: object): StackFiles {
  return filesOf("prod", { kpus: 8, alarmEmails: ["oncall@example.com"], ...scheduled, ...bothPolicies, pipelines });
}

/** Stacks that together make every kind of resource: one pipeline, and several, with everything that is a resource of its own. */
export const deployerStacks: readonly StackFiles[] = [
  filesOf("prod", { kmsKey: "alias/orders" }),
  withEverything({ orders: {}, clicks: {} }),
];

/** Asks for every action; more pipelines ask for the same ones again. */
export const smallestStack = withEverything({ orders: {} });

/** The stack's resources, made anew in a cloud by calls of `principal`: the same inputs, without running the program. */
export async function createAgain(cloud: SandboxCloud, principal: Principal, resources: readonly DeployedResource[]) {
  const made: DeployedResource[] = [];
  const engine = createEngine(createProvider(cloud, principal), (registration, deployed) =>
    made.push({ ...registration, deployed }),
  );
  for (const { deployed: _before, ...registration } of resources) await engine.register(registration);
  return made;
}

/** Reads, changes and deletes every resource. @param deeds which of these. */
export async function liveWith(
  cloud: SandboxCloud,
  principal: Principal,
  resources: readonly DeployedResource[],
  deeds: readonly Exclude<Deed, "create">[],
  onDeed: (deed: Deed) => void = () => {},
): Promise<void> {
  const provider = createProvider(cloud, principal);
  const custom = resources.filter((resource) => resource.custom && !resource.type.startsWith("pulumi:"));
  for (const deed of deeds) {
    onDeed(deed);
    for (const resource of deed === "delete" ? [...custom].reverse() : custom) await act(cloud, provider, deed, resource);
  }
}

async function act(
  cloud: SandboxCloud,
  provider: Provider,
  deed: Exclude<Deed, "create">,
  resource: DeployedResource,
): Promise<void> {
  const { type, inputs, deployed } = resource;
  if (deed === "delete") return provider.delete(type, deployed.id, deployed.state);
  let state = (await provider.read(type, deployed.id, deployed.state)) ?? deployed.state;
  // What can't be updated in place is replaced by any change.
  if (deed === "read" || provider.diff(type, { any: 1 }, { any: 2 }).replaces.length > 0) return;
  for (const change of changesOf(type, inputs)) state = await provider.update(type, deployed.id, state, { ...inputs, ...change });
  await cloud.clock.advanceTo(cloud.clock.now() + 2 * minute);
}

/** Changes that need other calls than writing the same again. */
function changesOf(type: string, inputs: Record<string, unknown>): Record<string, unknown>[] {
  const hours = Number(inputs["retentionPeriod"]);
  if (type === "aws:kinesis/stream:Stream") return [{ retentionPeriod: hours + 24 }, { retentionPeriod: hours }];
  if (type === "aws:iam/role:Role")
    return [{ description: "Another.", assumeRolePolicy: `${String(inputs["assumeRolePolicy"])} ` }];
  return [{}];
}

export interface Asked extends Requirement {
  deed: Deed;
}

/** What IAM is asked of the deployer, over a stack's life. */
export async function askedOfDeployer(files: StackFiles): Promise<Asked[]> {
  const cloud = await cloudFor(files);
  const asked: Asked[] = [];
  let deed: Deed = "create";
  noteRequirements(cloud, cloud.deployer, (requirement) => asked.push({ ...requirement, deed }));
  const { resources } = await recordDeployment(files, { cloud });
  await cloud.clock.advanceTo(cloud.clock.now() + 10 * minute);
  await liveWith(cloud, cloud.deployer, resources, ["read", "update", "delete"], (next) => (deed = next));
  return asked;
}

function noteRequirements(cloud: SandboxCloud, of: Principal, note: (requirement: Requirement) => void): void {
  const { authorise, decideIdentity } = cloud.iam;
  Object.assign(cloud.iam, {
    authorise(...[principal, requirements, context]: Parameters<typeof authorise>) {
      if (principal.arn === of.arn) for (const { action, resource } of requirements) note({ action, resource });
      return authorise(principal, requirements, context);
    },
    decideIdentity(...[principal, action, resource, context]: Parameters<typeof decideIdentity>) {
      if (principal.arn === of.arn) note({ action, resource });
      return decideIdentity(principal, action, resource, context);
    },
  });
}
