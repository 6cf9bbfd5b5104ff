import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Principal } from "../../../sandbox/core/cloud";
import { minute } from "../../../sandbox/core/clock";
import { createCloud, type CloudOptions, type SandboxCloud } from "../../../sandbox/createCloud";
import { stackConfig, type StackOutputs } from "../../../sandbox/deploy/deploy";
import { startPlugin, type Plugin } from "../../../sandbox/deploy/plugin";
import { readStackFiles } from "../../../sandbox/deploy/stackFiles";
import { startPipeline } from "../../../sandbox/pipeline";
import type { Traffic } from "../../../sandbox/traffic/traffic";
import { layProgram, makeProject, type Ended } from "./project";

// The AWS SDK warns on every start under Node 20, which is supported here.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

/** What a preview shows, by logical name: "create", "delete", "replace", or "update" with the properties that change. */
export type Plan = Record<string, string>;

/** The project in a folder, the sandbox for AWS, and the real engine between them. */
export interface Stack {
  readonly cloud: SandboxCloud;
  readonly folder: string;
  /** For programs that start `pulumi` by themselves. */
  environment(): Promise<NodeJS.ProcessEnv>;
  /** Runs a line in the project's folder. @param principal another one than the deployer. */
  run(line: string, principal?: Principal): Promise<Ended>;
  /** A line that must succeed. */
  done(line: string, principal?: Principal): Promise<Ended>;
  /** @param config beside what the stack's file says, for this preview alone. */
  plan(config?: Record<string, string>): Promise<Plan>;
  outputs(): Promise<StackOutputs>;
  /** Does something once, before AWS's provider next calls an operation: after the engine has read what is there. */
  before(operation: string, work: () => Promise<unknown> | void): void;
  /** Traffic from now on, as the producer of `npm start` sends it. */
  traffic(traffic: Traffic): Promise<void>;
  advance(minutes: number): Promise<void>;
  close(): void;
}

/** A Monday, as in `npm start`. */
const start = Date.UTC(2026, 0, 5);

export interface StackOptions extends Partial<CloudOptions> {
  /** Default false. */
  checkTypes?: boolean;
  /** Writes what the project's folder is to hold. Default: the program of this repository. */
  lay?: (folder: string) => void;
  /** Providers that run already, by name, with their ports. */
  others?: Record<string, number>;
}

/** @param name of the stack; `pulumi stack init` isn't done yet. */
export function openStack(
  name: string,
  { checkTypes = false, lay = layProgram, others = {}, ...options }: StackOptions = {},
): Stack {
  const region = options.region ?? "us-east-1";
  const cloud = createCloud({ start, seed: 1, region, ...options });
  const project = makeProject(lay, checkTypes);
  const plugins = new Map<string, Promise<Plugin>>();
  const before = new Map<string, () => Promise<unknown> | void>();
  const call: SandboxCloud["call"] = async (service, operation, input, caller) => {
    const work = before.get(operation);
    before.delete(operation);
    await work?.();
    return cloud.call(service, operation, input, caller);
  };
  const pluginOf = (principal: Principal) => {
    const plugin = plugins.get(principal.arn) ?? startPlugin({ ...cloud, call }, principal);
    plugins.set(principal.arn, plugin);
    return plugin;
  };
  const providers = async (principal: Principal) => ({ ...others, aws: (await pluginOf(principal)).port });
  const run = async (line: string, principal = cloud.deployer) => project.run(line, await providers(principal));
  const done = async (line: string, principal?: Principal) => {
    const ended = await run(line, principal);
    assert.equal(ended.code, 0, `${line}\n${ended.stdout}\n${ended.stderr}`);
    return ended;
  };
  const outputs = async () => JSON.parse((await done("pulumi stack output --json")).stdout) as StackOutputs;
  return {
    cloud,
    folder: project.folder,
    environment: async () => project.environment(await providers(cloud.deployer)),
    run,
    done,
    outputs,
    before: (operation, work) => void before.set(operation, work),
    async plan(config = {}) {
      // --config writes what it is given into the stack's file.
      const file = path.join(project.folder, `Pulumi.${name}.yaml`);
      const written = fs.readFileSync(file);
      const given = Object.entries(config).map(([key, value]) => `--config 'sluice:${key}=${value}'`);
      try {
        return planOf((await done(["pulumi preview --json", ...given].join(" "))).stdout);
      } finally {
        fs.writeFileSync(file, written);
      }
    },
    async traffic(traffic) {
      const config = stackConfig(readStackFiles(project.folder, name));
      startPipeline(cloud, { config, outputs: await outputs() }, traffic, 500);
    },
    advance: (minutes) => cloud.clock.advanceTo(cloud.clock.now() + minutes * minute),
    close() {
      for (const plugin of plugins.values()) void plugin.then(({ close }) => close());
      project.remove();
    },
  };
}

interface Step {
  op: string;
  urn: string;
  newState?: { custom: boolean };
  oldState?: { custom: boolean };
  detailedDiff?: Record<string, unknown> | null;
}

/** Components are left out: what they are made of is there. */
function planOf(json: string): Plan {
  const { steps = [] } = JSON.parse(json) as { steps?: Step[] };
  const changing = steps.filter(
    ({ op, newState, oldState }) => !["same", "refresh", "read"].includes(op) && (newState ?? oldState)?.custom,
  );
  return Object.fromEntries(
    changing.map(({ op, urn, detailedDiff }) => [urn.split("::").at(-1), [op, ...properties(detailedDiff ?? {})].join(" ")]),
  ) as Plan;
}

/** Without what is inside lists: "metricQueries[0].expression" is metricQueries. */
function properties(detailedDiff: object): string[] {
  return [...new Set(Object.keys(detailedDiff).map((path) => path.split("[")[0]))].sort() as string[];
}

/** All that the program needs to be told: the application's code is in a bucket that is there. */
export async function initialise({ done }: Stack, name: string): Promise<void> {
  await done(`pulumi stack init ${name}`);
  await done("pulumi config set sluice:codeBucket jobs");
  await done("pulumi config set sluice:codeKey job.jar");
}
