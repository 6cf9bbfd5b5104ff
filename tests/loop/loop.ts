import type { Delay } from "../../sandbox/services/cloudwatch/cloudwatch";
import { resourceOf } from "../pipeline/support/deployed";
import { openPipeline, type PipelineRun } from "../pipeline/support/pipelineRun";
import { episodes, stackShapes, type Episode, type LateMetrics, type LoopFault, type StackShape } from "./episode";
import type { Dimension } from "./evidence";
import { judgeLoop, type LoopJudge } from "./judgeLoop";
import { loopMutants } from "./mutants";
import type { BrokenLoop } from "./rules";
import type { LoopBatch } from "./worker";

/** Records/s that the stacks take as they are deployed: eight shards. */
const full = 8_000;
/** Seconds after which metrics are visible when nothing is wrong. */
export const usualSeconds = 60;

/** A stack that lives through one episode after the other. */
export interface Loop {
  run: PipelineRun;
  judge: LoopJudge;
  /** Actions that are denied now. */
  denied: string;
  /** Metrics that are late now. */
  late: LateMetrics[];
  rates: number[];
  /** Bounds of targets that could not be registered yet: the scaling API answers no one while its function is throttled. */
  unregistered: Map<Dimension, { min: number; max: number }>;
}

/**
 * Plays episodes number 0 to count - 1 of a seed, one after the other, and gives for each what broke a rule. A mutant is played until
 * its rule has caught it.
 */
export async function playEpisodes({ seed, count, stack, mutant }: LoopBatch): Promise<BrokenLoop[][]> {
  const loop = await open(stack);
  const { make, breaks } = loopMutants[mutant ?? ""] ?? {};
  await make?.(loop.run);
  const broken: BrokenLoop[][] = [];
  for (const episode of episodes(seed, count, stackShapes[stack])) {
    const found = await playEpisode(loop, episode);
    broken.push(breaks === undefined ? found : found.filter(({ rule }) => rule === breaks));
    if (breaks !== undefined && broken.at(-1)?.length) break;
  }
  return broken;
}

async function open(stack: StackShape["stack"]): Promise<Loop> {
  const late: LateMetrics[] = [];
  const rates: number[] = [];
  const metricDelay: Delay = (metric) => () => secondsLate(late, metric.namespace, metric.name);
  const traffic = { name: "episodes", rate: (index: number) => rates[index] ?? rates.at(-1) ?? 0.6 * full };
  const run = await openPipeline({ stack, traffic, metricDelay });
  return {
    run,
    late,
    rates,
    denied: "",
    unregistered: new Map(),
    judge: await judgeLoop(run, (...metric) => secondsLate(late, ...metric)),
  };
}

function secondsLate(late: readonly LateMetrics[], namespace: string, name: string): number {
  const of = late.filter((one) => one.namespace === namespace && (one.name === undefined || name.split(".")[0] === one.name));
  return Math.max(usualSeconds, ...of.map(({ seconds }) => seconds));
}

async function playEpisode(loop: Loop, { traffic, faults }: Episode): Promise<BrokenLoop[]> {
  const { run, judge, rates } = loop;
  for (const [minutes, percent] of traffic) for (let i = 0; i < minutes; i++) rates.push((percent / 100) * full);
  const total = traffic.reduce((sum, [minutes]) => sum + minutes, 0);
  judge.begin(faults, total - (traffic.at(-1)?.[0] ?? 0));
  for (let minute = 0; minute < total; minute++) {
    for (const fault of faults) if (fault.minute + fault.minutes === minute) await end(loop, fault, faults, minute);
    for (const fault of faults) if (fault.minute === minute) await happen(loop, fault);
    await deny(loop, deniedAt(faults, minute));
    for (const dimension of loop.unregistered.keys()) await register(loop, dimension);
    await run.advance(1);
    judge.minute(minute);
  }
  return judge.end();
}

async function happen(loop: Loop, fault: LoopFault): Promise<void> {
  const { run, late } = loop;
  const { applicationName } = run.deployment.outputs;
  switch (fault.is) {
    case "late":
      return void late.push(fault);
    case "jobDown":
      return run.cloud.flink.stop(applicationName, 60 * fault.minutes);
    case "updatesFail":
      for (let i = 0; i < fault.times; i++) run.cloud.flink.failNextUpdate(applicationName);
      return;
    case "ruleOff":
      return setRule(run, "DisableRule");
    case "throttled":
      return byDeployer(run, "lambda", "PutFunctionConcurrency", { ...scalerFunction(run), ReservedConcurrentExecutions: 0 });
    case "scheduled":
      return schedule(run, fault.dimension, fault.minimum);
    case "bounds":
      return setBounds(loop, fault.dimension, fault);
    case "denied":
      return;
  }
}

/** Puts right what this fault broke; another one of its kind may still last. */
async function end(loop: Loop, fault: LoopFault, all: readonly LoopFault[], minute: number): Promise<void> {
  const { run, late } = loop;
  const lasting = all.filter((one) => one.is === fault.is && one.minute < minute && one.minute + one.minutes > minute);
  switch (fault.is) {
    case "late":
      return void late.splice(late.indexOf(fault), 1);
    case "ruleOff":
      return lasting.length > 0 ? undefined : setRule(run, "EnableRule");
    case "throttled":
      return lasting.length > 0 ? undefined : byDeployer(run, "lambda", "DeleteFunctionConcurrency", scalerFunction(run));
    case "scheduled":
      return schedule(run, fault.dimension, boundsOf(run, fault.dimension).min);
    case "bounds":
      return setBounds(loop, fault.dimension, boundsOf(run, fault.dimension));
    case "denied":
    case "jobDown":
    case "updatesFail":
      return;
  }
}

async function byDeployer(run: PipelineRun, ...[service, operation, input]: DeployerCall): Promise<void> {
  await run.cloud.call(service, operation, input, run.cloud.deployer);
}

type DeployerCall = [service: Parameters<PipelineRun["cloud"]["call"]>[0], operation: string, input: object];

const scalerFunction = ({ deployment }: PipelineRun) => ({ FunctionName: deployment.outputs.scalerFunctionName });

async function setRule(run: PipelineRun, operation: "DisableRule" | "EnableRule"): Promise<void> {
  const { id } = resourceOf(run, "aws:cloudwatch/eventRule:EventRule").deployed;
  await byDeployer(run, "events", operation, { Name: id });
}

/** The stack's own. */
function boundsOf({ deployment: { config } }: PipelineRun, dimension: Dimension): { min: number; max: number } {
  const { stream, application } = config;
  return dimension === "stream"
    ? { min: stream.minShards, max: stream.maxShards }
    : { min: application.minKpus, max: application.maxKpus };
}

function targetOf(run: PipelineRun, dimension: Dimension) {
  const name = `${run.deployment.config.stack}-${dimension}-target`;
  const ResourceId = resourceOf(run, "aws:appautoscaling/target:Target", name).deployed.id;
  const ScalableDimension = "custom-resource:ResourceType:Property";
  return { ServiceNamespace: "custom-resource", ScalableDimension, ResourceId };
}

/** A minimum that counts from the next minute on. */
async function schedule(run: PipelineRun, dimension: Dimension, MinCapacity: number): Promise<void> {
  const at = new Date(run.cloud.clock.now() + 60_000).toISOString().slice(0, 19);
  const action = { ScheduledActionName: "minimum", Schedule: `at(${at})`, ScalableTargetAction: { MinCapacity } };
  await byDeployer(run, "application-autoscaling", "PutScheduledAction", { ...targetOf(run, dimension), ...action });
}

/** What `pulumi up` changes: what the scaler knows, and the target. */
async function setBounds(loop: Loop, dimension: Dimension, { min, max }: { min: number; max: number }): Promise<void> {
  const { run } = loop;
  const { stack } = run.deployment.config;
  const Name = resourceOf(run, "aws:ssm/parameter:Parameter", `${stack}-${dimension}-config`).deployed.state["name"] as string;
  const { Parameter } = await run.cloud.call("ssm", "GetParameter", { Name }, run.cloud.deployer);
  const Value = JSON.stringify({ ...(JSON.parse(String(Parameter.Value)) as object), min, max });
  await byDeployer(run, "ssm", "PutParameter", { Name, Value, Overwrite: true });
  loop.unregistered.set(dimension, { min, max });
}

/** A registration that fails is tried again, as the next `pulumi up` would. */
async function register({ run, unregistered }: Loop, dimension: Dimension): Promise<void> {
  const { min, max } = unregistered.get(dimension)!;
  const input = { ...targetOf(run, dimension), MinCapacity: min, MaxCapacity: max };
  try {
    await byDeployer(run, "application-autoscaling", "RegisterScalableTarget", input);
    unregistered.delete(dimension);
  } catch (error) {
    if (!/the custom resource answered/.test((error as Error).message)) throw error;
  }
}

const PolicyName = "denied-for-a-while";

/** The actions that are denied in this minute of an episode. */
function deniedAt(faults: readonly LoopFault[], minute: number): string[] {
  return faults.flatMap((one) =>
    one.is === "denied" && one.minute <= minute && minute < one.minute + one.minutes ? one.action : [],
  );
}

async function deny(loop: Loop, actions: string[]): Promise<void> {
  const { run } = loop;
  if (loop.denied === actions.join()) return;
  loop.denied = actions.join();
  const { Configuration } = await run.cloud.call("lambda", "GetFunction", scalerFunction(run), run.cloud.deployer);
  const RoleName = String(Configuration.Role).split("/").at(-1);
  if (actions.length === 0) return byDeployer(run, "iam", "DeleteRolePolicy", { RoleName, PolicyName });
  const Statement = [{ Effect: "Deny", Action: actions, Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  return byDeployer(run, "iam", "PutRolePolicy", { RoleName, PolicyName, PolicyDocument });
}
