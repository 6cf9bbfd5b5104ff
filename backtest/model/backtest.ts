import { minute } from "../../sandbox/core/clock";
import { startReport, type PolicyReport, type ReportedMinute, type ScalingChange } from "../../sandbox/report/report";
import { wholeRecords } from "../../sandbox/traffic/wholeRecords";
import { applicationModel } from "./application";
import type { ApplicationMinutes, Policy, StreamMinutes, View } from "./policy";
import { streamModel } from "./stream";
import { initialCount, shardMinute, type Workload } from "./workload";

/** What came of a policy: its report, each minute and each change. */
export interface Backtest {
  report: PolicyReport;
  stream?: StreamMinutes;
  application?: ApplicationMinutes;
  changes: ScalingChange[];
}

/**
 * Plays a workload through a policy, in ticks of a minute: changes that are due complete, what was decided begins, the minute runs, the
 * policies decide. A decision at the end of a tick knows the minutes before that tick, and begins in the next one.
 */
export function backtest(workload: Workload, policy: Policy): Backtest {
  const { trace } = workload;
  const streamPolicy = policy.stream?.(workload);
  const applicationPolicy = policy.application?.(workload);
  const initialShards = streamPolicy?.initial ?? initialCount(workload, shardMinute(workload), workload.shards);
  const initialKpus = applicationPolicy?.initial ?? initialCount(workload, workload.recordsPerKpuPerMinute, workload.kpus);
  const stream = streamPolicy && streamModel(workload, initialShards, streamPolicy.by);
  const application = applicationPolicy && applicationModel(workload, initialKpus, applicationPolicy.by);
  const report = startReport({
    ...{ trace: trace.name, policy: policy.name, recordBytes: workload.recordBytes, prices: workload.prices },
    ...{ stream: stream !== undefined, flink: application !== undefined, onDemand: streamPolicy?.onDemand },
    counted: () => ({ streamRejected: stream?.refusedUpdates, flinkRejected: application?.refusedUpdates }),
  });
  const changes: ScalingChange[] = [];
  const changed = (change: ScalingChange) => {
    changes.push(change);
    report.change(change);
  };
  const streamView = stream && { minutes: stream.minutes, tick: 0, minute: 0, count: 0, updating: false };
  const applicationView = application && { minutes: application.minutes, tick: 0, minute: 0, count: 0, updating: false };
  const whole = wholeRecords();
  let shards: number | undefined;
  let kpus: number | undefined;
  for (let tick = 0; tick < trace.rates.length; tick++) {
    const time = trace.start + tick * minute;
    stream?.complete(tick);
    application?.complete(tick);
    if (shards !== undefined) stream?.ask(tick, shards).forEach((begun) => changed({ dimension: "stream", time, ...begun }));
    const rescale = kpus === undefined ? undefined : application?.ask(tick, kpus);
    if (rescale) changed({ dimension: "flink", time, ...rescale });

    const offered = whole(trace.rates[tick]!);
    const accepted = stream?.offer(tick, offered) ?? offered;
    const billedKpus = application?.process(tick, accepted);
    report.minute(reportedMinute(tick, offered, accepted, stream?.minutes, application?.minutes, billedKpus));

    if (streamView) shards = streamPolicy!.decide(look(streamView, tick, stream));
    if (applicationView) kpus = applicationPolicy!.decide(look(applicationView, tick, application!));
  }
  return { report: report.result(), stream: stream?.minutes, application: application?.minutes, changes };
}

function look<V extends View>(view: V, tick: number, { count, updating }: Pick<View, "count" | "updating">): V {
  view.tick = tick;
  view.minute = tick - 1;
  view.count = count;
  view.updating = updating;
  return view;
}

function reportedMinute(
  tick: number,
  offered: number,
  accepted: number,
  stream: StreamMinutes | undefined,
  application: ApplicationMinutes | undefined,
  billedKpus = 0,
): ReportedMinute {
  const refused = stream?.refused[tick] ?? 0;
  const lost = stream?.lost[tick] ?? 0;
  return {
    offered,
    accepted,
    throttled: refused - lost,
    lost,
    stream: stream && { shards: stream.shards[tick]! },
    flink: application && { kpus: application.kpus[tick]!, billedKpus, lagSeconds: application.lagSeconds[tick]! },
  };
}
