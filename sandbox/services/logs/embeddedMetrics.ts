import type { Datum } from "../../core/peers";

interface MetricDirective {
  Namespace?: unknown;
  Dimensions?: unknown;
  Metrics?: unknown;
}

const marker = '"_aws"';

/**
 * Metrics of one log event in embedded metric format; [] when it holds none. The JSON object may follow a prefix, as Lambda's runtime
 * writes one. A directive that breaks the specification's rules yields nothing, as CloudWatch drops it.
 * ("Specification: Embedded metric format")
 */
export function embeddedMetrics(message: string): Datum[] {
  if (!message.includes(marker)) return [];
  const root = jsonOf(message);
  const metadata = root?.["_aws"] as { Timestamp?: unknown; CloudWatchMetrics?: unknown } | undefined;
  if (!root || typeof metadata !== "object" || metadata === null || typeof metadata.Timestamp !== "number") return [];
  if (!Array.isArray(metadata.CloudWatchMetrics)) return [];
  const timestamp = metadata.Timestamp;
  return metadata.CloudWatchMetrics.flatMap((directive: MetricDirective) => directiveMetrics(root, directive, timestamp));
}

/** The JSON object of a log line, after whatever prefix; undefined when there is none. */
export function jsonOf(message: string): Record<string, unknown> | undefined {
  const start = message.indexOf("{");
  if (start < 0) return undefined;
  try {
    const value: unknown = JSON.parse(message.slice(start));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** At most 30 dimensions a set, 100 metrics a directive, 100 values a metric. */
const maxDimensions = 30;
const maxMetrics = 100;
const maxValues = 100;

function directiveMetrics(root: Record<string, unknown>, directive: MetricDirective, timestamp: number): Datum[] {
  const { Namespace: namespace, Dimensions: sets, Metrics: metrics } = directive ?? {};
  if (typeof namespace !== "string" || namespace === "" || namespace.length > 1024) return [];
  if (!Array.isArray(sets) || !Array.isArray(metrics) || metrics.length > maxMetrics) return [];
  const dimensionSets = sets.map((names: unknown) => dimensionsOf(root, names)).filter((set) => set !== undefined);
  return metrics.flatMap(({ Name: name, Unit: unit }: { Name?: unknown; Unit?: unknown }) => {
    if (typeof name !== "string") return [];
    const value = valueOf(root[name]);
    if (value === undefined) return [];
    const ownUnit = typeof unit === "string" ? unit : undefined;
    return dimensionSets.map((dimensions) => ({ namespace, name, dimensions, timestamp, value, unit: ownUnit }));
  });
}

function dimensionsOf(root: Record<string, unknown>, names: unknown): Record<string, string> | undefined {
  if (!Array.isArray(names) || names.length > maxDimensions) return undefined;
  const dimensions: Record<string, string> = {};
  for (const name of names) {
    const value = root[name];
    if (typeof value !== "string" || value === "" || value.length > 1024) return undefined;
    dimensions[name] = value;
  }
  return dimensions;
}

function valueOf(raw: unknown): Datum["value"] | undefined {
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : undefined;
  if (!Array.isArray(raw) || raw.length === 0 || raw.length > maxValues || !raw.every(Number.isFinite)) return undefined;
  const values = raw as number[];
  return {
    sum: values.reduce((sum, value) => sum + value, 0),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
    sampleCount: values.length,
  };
}
