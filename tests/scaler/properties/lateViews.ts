import type { Shape } from "../../../sandbox/core/cloud";
import type { ScalerCall, ScalerWorld } from "../../support/scalerWorld";
import type { Scenario } from "./scenario";

const second = 1_000;
const minute = 60_000;

/** The lag of the minute that begins at `time`: milliseconds, -1, or undefined where nothing was reported. */
export type LagAt = (time: number) => number | undefined;

const late = ["DescribeStreamSummary", "ListShards", "DescribeApplication"] as const;
type Late = (typeof late)[number];

/**
 * What AWS leaves undocumented about what a caller sees: descriptions that show a change late, metrics that come late, and the words
 * of UpdateShardCount's daily limit.
 */
export interface LateViews {
  /** Metrics come later than the scenario's usual at these times. */
  late: { from: number; to: number; seconds: number }[];
  answer(call: ScalerCall): Shape | undefined;
  /** Another hand changed something that the services' event log doesn't tell. */
  changed(): void;
  /** The newest lag that can be seen at `now`. */
  newestLag(now: number): { milliseconds: number; at: number } | undefined;
}

const limitTexts = [
  undefined,
  "You have exceeded the maximum number of UpdateShardCount calls in a rolling 24-hour period.",
  "UpdateShardCount limit exceeded.",
];

export function lateViews(
  world: ScalerWorld,
  services: Scenario["services"],
  names: { stream?: string; flink?: string },
  lag: LagAt,
): LateViews {
  const delay: Record<Late, number> = {
    DescribeStreamSummary: services.streamLateSeconds * second,
    ListShards: services.streamLateSeconds * second,
    DescribeApplication: services.applicationLateSeconds * second,
  };
  const seen: Record<Late, { at: number; view: Shape }[]> = {
    DescribeStreamSummary: [],
    ListShards: [],
    DescribeApplication: [],
  };

  const look = (operation: Late): Shape => {
    if (operation === "DescribeApplication")
      return names.flink && tried(() => world.call("kinesisanalytics", operation, { ApplicationName: names.flink }));
    const filter = operation === "ListShards" ? { ShardFilter: { Type: "AT_LATEST" } } : {};
    return names.stream && world.call("kinesis", operation, { StreamName: names.stream, ...filter });
  };
  const changed = () => {
    const at = world.cloud.clock.now();
    for (const operation of late) if (delay[operation] > 0) seen[operation].push({ at, view: look(operation) });
  };
  changed();
  world.cloud.events.subscribe(changed);

  const lateTimes: LateViews["late"] = [];
  const latenessAt = (now: number) =>
    lateTimes.find(({ from, to }) => now >= from && now < to)?.seconds ?? services.metricLateSeconds;
  const points = (now: number) => {
    const first = Math.floor(now / minute) * minute - minute;
    const starts = [0, 1, 2, 3].map((back) => first - back * minute);
    return starts
      .filter((at) => at + minute + latenessAt(now) * second <= now)
      .map((at) => ({ at, milliseconds: lag(at) }))
      .filter((point): point is { at: number; milliseconds: number } => point.milliseconds !== undefined);
  };

  return {
    late: lateTimes,
    changed,
    newestLag: (now) => points(now)[0],
    answer({ operation, input, service }) {
      const now = world.cloud.clock.now();
      if (operation === "GetMetricData") {
        const found = points(now);
        const Timestamps = found.map(({ at }) => new Date(at));
        return { MetricDataResults: [{ Id: "lag", Timestamps, Values: found.map(({ milliseconds }) => milliseconds) }] };
      }
      if (operation === "UpdateShardCount") return withLimitText(() => world.call(service, operation, input), services);
      if (!isLate(operation) || delay[operation] === 0) return undefined;
      const views = seen[operation];
      let view = views[0]?.view;
      for (const one of views) if (one.at <= now - delay[operation]) view = one.view;
      return view;
    },
  };
}

/** An application that was deleted has no view. */
function tried(look: () => Shape): Shape {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function isLate(operation: string): operation is Late {
  return late.includes(operation as Late);
}

/** The daily limit's words are undocumented; the error is marked for whoever judges the call. */
function withLimitText(call: () => Shape, { dailyLimitText }: Scenario["services"]): Shape {
  try {
    return call();
  } catch (error) {
    const refusal = error as Error;
    if (!refusal.message.includes("24-hour")) throw error;
    throw Object.assign(new Error(limitTexts[dailyLimitText] ?? refusal.message), { name: refusal.name, daily: true });
  }
}
