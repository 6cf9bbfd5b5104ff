import { keys, type KeyName, type Problem, type Values } from "./keys";
import { scalingProblems } from "./scaling";
import { extraWidgetProblems } from "../components/dashboard/extraWidgets";
import { knownPartition } from "../components/place";

type Check = (values: Values) => Problem | undefined | Problem[];

/** What no key's own schema can see. A check runs when all the keys it names were valid themselves. */
const checks: [KeyName[], Check][] = [
  [["shards", "minShards", "maxShards"], (v) => bounds(v, "shards", "minShards", "maxShards")],
  [["kpus", "minKpus", "maxKpus"], (v) => bounds(v, "kpus", "minKpus", "maxKpus")],
  [["streamName", "existingStream"], (v) => adoptOrCreate(v, "streamName", "existingStream")],
  [["applicationName", "existingApplication"], (v) => adoptOrCreate(v, "applicationName", "existingApplication")],
  [["existingApplication", "codeJar", "codeBucket", "codeKey"], code],
  [["recordsPerKpuPerMinute"], throughput],
  [["maxKpus", "parallelismPerKpu", "maxParallelism"], parallelism],
  [["metricsLevel", "maxKpus", "parallelismPerKpu"], metricsLevel],
  [["lagMetric", "consumerName"], consumer],
  [["subnetIds", "securityGroupIds"], network],
  [["dashboardExtraWidgets"], widgets],
];

export function configProblems(
  given: Record<string, unknown>,
  values: Partial<Values>,
  stack: string,
  region: string,
): Problem[] {
  return [
    ...unknownKeys(given),
    ...stackProblems(stack, region),
    ...checks.flatMap(([needed, check]) => (needed.every((k) => values[k] !== undefined) ? (check(values as Values) ?? []) : [])),
    ...otherRegion(values, region),
    ...scalingProblems(values, "streamScaling"),
    ...scalingProblems(values, "applicationScaling"),
  ];
}

function unknownKeys(given: Record<string, unknown>): Problem[] {
  return Object.keys(given)
    .filter((name) => !Object.hasOwn(keys, name))
    .map((name) => ({
      key: name,
      value: given[name],
      text: `there is no such key; the nearest is ${nearest(name)}. Correct or remove it`,
    }));
}

function stackProblems(stack: string, region: string): Problem[] {
  const problems: Problem[] = [];
  if (!/^[A-Za-z0-9-]{1,40}$/.test(stack))
    problems.push({
      key: "(stack)",
      value: stack,
      text: "allowed is a stack name of 1 to 40 letters, digits and hyphens; rename the stack",
    });
  if (!knownPartition(region))
    problems.push({
      key: "(aws:region)",
      value: region,
      text: "allowed is an AWS region of the partitions aws, aws-cn and aws-us-gov; run: pulumi config set aws:region us-east-1",
    });
  return problems;
}

function bounds(
  values: Values,
  initial: "shards" | "kpus",
  low: "minShards" | "minKpus",
  high: "maxShards" | "maxKpus",
): Problem[] {
  const [value, min, max] = [values[initial], values[low], values[high]];
  if (min > max) return [{ key: low, value: min, text: `allowed is at most ${high} (${max}). Lower ${low} or raise ${high}` }];
  if (value >= min && value <= max) return [];
  return [{ key: initial, value, text: `allowed is ${low} to ${high} (${min} to ${max}). Change ${initial} or the bounds` }];
}

function adoptOrCreate(
  values: Values,
  create: "streamName" | "applicationName",
  adopt: "existingStream" | "existingApplication",
): Problem[] {
  if (!values[create] || !values[adopt]) return [];
  const text = `${create} creates, ${adopt} ("${values[adopt]}") adopts; allowed is one of them. Remove the other`;
  return [{ key: create, value: values[create], text }];
}

function code({ existingApplication, codeJar, codeBucket, codeKey }: Values): Problem[] {
  const s3 = Boolean(codeBucket || codeKey);
  if (existingApplication) {
    if (!codeJar && !s3) return [];
    const key = codeJar ? "codeJar" : codeBucket ? "codeBucket" : "codeKey";
    return [
      {
        key,
        value: codeJar || codeBucket || codeKey,
        text: "an adopted application keeps its code. Remove it, or remove existingApplication",
      },
    ];
  }
  if (codeJar && s3)
    return [
      {
        key: "codeJar",
        value: codeJar,
        text: "allowed is a local jar or an S3 location. Remove codeJar, or codeBucket and codeKey",
      },
    ];
  if (!codeJar && !s3)
    return [
      {
        key: "codeJar",
        value: codeJar,
        text: "the application needs code. Set codeJar to your job's jar, or codeBucket and codeKey",
      },
    ];
  if (s3 && !(codeBucket && codeKey)) {
    const key = codeBucket ? "codeKey" : "codeBucket";
    return [{ key, value: "", text: "an S3 location needs both codeBucket and codeKey. Set it too" }];
  }
  return [];
}

function throughput({ recordsPerKpuPerMinute }: Values): Problem[] {
  if (recordsPerKpuPerMinute > 0) return [];
  const text =
    "it has no default: it is your job's own figure (records that one KPU processes in a minute), allowed is 1 or more. " +
    "Measure it: what the job reads in a minute while it works off a backlog, divided by its KPUs (docs/configuration.md)";
  return [{ key: "recordsPerKpuPerMinute", value: undefined, text }];
}

function parallelism({ maxKpus, parallelismPerKpu, maxParallelism }: Values): Problem[] {
  const parallelism = maxKpus * parallelismPerKpu;
  if (parallelism <= maxParallelism) return [];
  const text =
    `${maxKpus} KPUs of ${parallelismPerKpu} have parallelism ${parallelism}, above maxParallelism (${maxParallelism}); ` +
    `allowed is at most ${Math.floor(maxParallelism / parallelismPerKpu)}. Lower maxKpus, or raise maxParallelism here and in the job`;
  return [{ key: "maxKpus", value: maxKpus, text }];
}

/** "Setting application monitoring levels": PARALLELISM is not meant for more than 64. */
function metricsLevel(values: Values): Problem[] {
  const parallelism = values.maxKpus * values.parallelismPerKpu;
  if (values.metricsLevel !== "PARALLELISM" || parallelism <= 64) return [];
  const text = `allowed up to parallelism 64, maxKpus allows ${parallelism}. Set OPERATOR, or lower maxKpus`;
  return [{ key: "metricsLevel", value: values.metricsLevel, text }];
}

function consumer({ lagMetric, consumerName }: Values): Problem[] {
  if (lagMetric === "efo" && !consumerName)
    return [
      {
        key: "consumerName",
        value: consumerName,
        text: 'lagMetric "efo" reads the consumer\'s lag. Set its name, or another lagMetric',
      },
    ];
  return [];
}

function network({ subnetIds, securityGroupIds }: Values): Problem[] {
  if (subnetIds.length > 0 === securityGroupIds.length > 0) return [];
  const key = subnetIds.length > 0 ? "securityGroupIds" : "subnetIds";
  return [{ key, value: [], text: "a VPC needs both subnetIds and securityGroupIds. Set it too, or remove the other" }];
}

function widgets({ dashboardExtraWidgets }: Values): Problem[] {
  return extraWidgetProblems(dashboardExtraWidgets).map(({ path, got, reason }) => ({ key: path, value: got, text: reason }));
}

function otherRegion(values: Partial<Values>, region: string): Problem[] {
  return (["existingStream", "existingApplication", "kmsKey"] as const).flatMap((key) => {
    const value = values[key];
    const actual = value?.startsWith("arn:") ? value.split(":")[3] : undefined;
    if (!actual || actual === region) return [];
    return [
      { key, value, text: `allowed is an ARN in the stack's region ${region}. Deploy a stack to ${actual}, or correct the ARN` },
    ];
  });
}

/** The known key with the smallest edit distance. */
function nearest(name: string): string {
  const ranked = Object.keys(keys).map((known) => ({ known, distance: editDistance(name.toLowerCase(), known.toLowerCase()) }));
  return ranked.reduce((best, next) => (next.distance < best.distance ? next : best)).known;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    previous = row;
  }
  return previous[b.length]!;
}
