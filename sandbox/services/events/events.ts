import { Phase } from "../../core/clock";
import type { Cloud, Operation, Requirement, Service, Shape } from "../../core/cloud";
import { isServiceError, serviceError } from "../../core/serviceError";
import { requestId } from "../requestId";
import { inputs } from "./inputs";
import { parseSchedule, type Schedule } from "./schedule";

interface Target {
  id: string;
  arn: string;
  input?: string;
  retryPolicy?: Shape;
}

interface Rule {
  name: string;
  arn: string;
  expression: string;
  schedule: Schedule;
  enabled: boolean;
  description?: string;
  targets: Map<string, Target>;
  tags: Map<string, string>;
  /** ms, virtual: since when it counts. */
  since: number;
}

const eventsError = (code: string, message: string) => serviceError("events", code, message);
const validation = (message: string) => eventsError("ValidationException", message);

/** "Amazon EventBridge quotas", fixed. */
const maxTargets = 5;

/**
 * EventBridge: scheduled rules of the default bus that invoke Lambda functions asynchronously, in the clock's Invoke phase. Not modelled:
 * event patterns, other buses, other targets, input transformers, dead-letter queues.
 */
export function createEvents(cloud: Cloud): { service: Service } {
  const rules = new Map<string, Rule>();
  const random = cloud.random.fork("events");

  cloud.clock.everyMinute(Phase.Invoke, async () => {
    const now = cloud.clock.now();
    for (const rule of rules.values()) if (rule.enabled && rule.schedule.firesAt(now, rule.since)) await fire(rule, now);
  });

  const fire = async (rule: Rule, now: number): Promise<void> => {
    const event = {
      version: "0",
      id: requestId(random),
      "detail-type": "Scheduled Event",
      source: "aws.events",
      account: cloud.account,
      time: new Date(now).toISOString().replace(/\.\d{3}Z$/, "Z"),
      region: cloud.region,
      resources: [rule.arn],
      detail: {},
    };
    publish(rule, now, "TriggeredRules");
    for (const target of rule.targets.values()) {
      const failed = await deliver(rule, target, target.input ?? JSON.stringify(event));
      publish(rule, now, "Invocations");
      if (failed) publish(rule, now, "FailedInvocations");
    }
  };

  /** Whether the target refused for good; such deliveries aren't tried again. */
  const deliver = async (rule: Rule, target: Target, Payload: string): Promise<boolean> => {
    const caller = { arn: rule.arn, service: "events.amazonaws.com" };
    try {
      await cloud.call("lambda", "Invoke", { FunctionName: target.arn, InvocationType: "Event", Payload }, caller);
      return false;
    } catch (error) {
      if (!isServiceError(error)) throw error;
      cloud.events.append({
        time: cloud.clock.now(),
        source: "events",
        type: "InvocationFailed",
        message: `Rule ${rule.name} could not invoke ${target.arn}: ${error.message}`,
        detail: { rule: rule.name, target: target.arn, error: error.name },
      });
      return true;
    }
  };

  const publish = (rule: Rule, now: number, name: string) =>
    cloud.peers.publishMetric({
      namespace: "AWS/Events",
      name,
      dimensions: { RuleName: rule.name },
      timestamp: now,
      value: 1,
      unit: "Count",
    });

  const operations = ruleOperations(cloud, rules);
  return {
    service: { name: "events", operations, inputs, requirements: (operation, input) => requirements(cloud, operation, input) },
  };
}

function ruleOperations(cloud: Cloud, rules: Map<string, Rule>): Record<string, Operation> {
  const find = (name: unknown): Rule => {
    const rule = rules.get(String(name));
    if (!rule) throw eventsError("ResourceNotFoundException", `Rule ${name} does not exist on EventBus default.`);
    return rule;
  };
  const byArn = (arn: string) => find(/^arn:[^:]+:events:[^:]*:[^:]*:rule\/(?:default\/)?([^/]+)$/.exec(arn)?.[1] ?? arn);
  const setEnabled = (input: Shape, enabled: boolean) => {
    const rule = find(input.Name);
    if (enabled && !rule.enabled) rule.since = cloud.clock.now();
    rule.enabled = enabled;
    return {};
  };
  return {
    PutRule(input) {
      const rule = putRule(cloud, rules.get(input.Name), input);
      rules.set(rule.name, rule);
      return { RuleArn: rule.arn };
    },
    DescribeRule: (input) => describe(find(input.Name)),
    ListRules: (input) => ({
      Rules: [...rules.values()].filter(({ name }) => name.startsWith(input.NamePrefix ?? "")).map(describe),
    }),
    EnableRule: (input) => setEnabled(input, true),
    DisableRule: (input) => setEnabled(input, false),
    DeleteRule(input) {
      // Deleting a rule that isn't there succeeds.
      if ((rules.get(input.Name)?.targets.size ?? 0) > 0) throw validation("Rule can't be deleted since it has targets.");
      rules.delete(input.Name);
      return {};
    },
    PutTargets(input) {
      putTargets(find(input.Rule), input.Targets ?? []);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(input) {
      const { targets } = find(input.Rule);
      const missing = (input.Ids as string[]).filter((id) => !targets.delete(id));
      const entries = missing.map((TargetId) => ({
        TargetId,
        ErrorCode: "ResourceNotFoundException",
        ErrorMessage: `Target ${TargetId} does not exist.`,
      }));
      return { FailedEntryCount: entries.length, FailedEntries: entries };
    },
    ListTargetsByRule: (input) => ({
      Targets: [...find(input.Rule).targets.values()].map(({ id, arn, input: text, retryPolicy }) => ({
        Id: id,
        Arn: arn,
        ...(text !== undefined && { Input: text }),
        ...(retryPolicy !== undefined && { RetryPolicy: retryPolicy }),
      })),
    }),
    TagResource(input) {
      for (const { Key, Value } of input.Tags) byArn(input.ResourceARN).tags.set(Key, Value);
      return {};
    },
    UntagResource(input) {
      for (const key of input.TagKeys) byArn(input.ResourceARN).tags.delete(key);
      return {};
    },
    ListTagsForResource: (input) => ({ Tags: [...byArn(input.ResourceARN).tags].map(([Key, Value]) => ({ Key, Value })) }),
  };
}

function putRule(cloud: Cloud, before: Rule | undefined, input: Shape): Rule {
  const name: unknown = input.Name;
  if (typeof name !== "string" || !/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw validation(
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
    );
  }
  const expression: string | undefined = input.ScheduleExpression;
  if (!expression) throw validation("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  const schedule = parseSchedule(expression);
  if (!schedule) throw validation("Parameter ScheduleExpression is not valid.");
  const unchanged = before?.expression === expression && before.enabled;
  return {
    name,
    arn: `arn:${cloud.partition}:events:${cloud.region}:${cloud.account}:rule/${name}`,
    expression,
    schedule,
    enabled: (input.State ?? "ENABLED") !== "DISABLED",
    description: input.Description,
    targets: before?.targets ?? new Map(),
    tags: before?.tags ?? new Map((input.Tags ?? []).map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value])),
    since: unchanged ? before.since : cloud.clock.now(),
  };
}

function putTargets(rule: Rule, targets: readonly Shape[]): void {
  for (const target of targets) {
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(target.Id ?? ""))
      throw validation(`Target id ${target.Id} must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`);
    if (!/^arn:aws[a-z-]*:lambda:/.test(target.Arn ?? ""))
      throw validation(`Target ${target.Arn} is not modelled; use a Lambda function.`);
  }
  const ids = new Set([...rule.targets.keys(), ...targets.map(({ Id }) => Id as string)]);
  if (ids.size > maxTargets)
    throw eventsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
  for (const { Id, Arn, Input, RetryPolicy } of targets)
    rule.targets.set(Id, { id: Id, arn: Arn, input: Input, retryPolicy: RetryPolicy });
}

function describe(rule: Rule): Shape {
  return {
    Name: rule.name,
    Arn: rule.arn,
    ScheduleExpression: rule.expression,
    State: rule.enabled ? "ENABLED" : "DISABLED",
    Description: rule.description,
    EventBusName: "default",
  };
}

function requirements(cloud: Cloud, operation: string, input: Shape): Requirement[] {
  const name = input.Rule ?? input.Name;
  const resource =
    input.ResourceARN ??
    (name === undefined ? "*" : `arn:${cloud.partition}:events:${cloud.region}:${cloud.account}:rule/${name}`);
  return [{ action: `events:${operation}`, resource: operation === "ListRules" ? "*" : resource }];
}
