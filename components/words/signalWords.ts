import type { ExpressionArgs } from "../scaling/expressionArgs";
import type { SignalWords } from "../scaling/scaledDimension";
import type { BacklogSignal, ThroughputSignal } from "../scaling/signals/application";
import { bytesPerShardMinute, recordsPerShardMinute } from "../scaling/signals/stream";
import { duration, figure, quantity } from "./figures";

/** Records and bytes that so many shards take. */
function streamLoad(shards: number): [records: string, bytes: string] {
  const bytes = (shards * bytesPerShardMinute) / 60 / 1_048_576;
  return [`${figure((shards * recordsPerShardMinute) / 60)} records/s`, `${figure(bytes)} MiB/s`];
}

export const streamThroughputWords: SignalWords = {
  meaning:
    "utilisation: records or bytes written, whichever is more, in percent of what the shards asked for take " +
    `(${streamLoad(1).join(" or ")} each)`,
  amount: (direction, percent, shards) => streamLoad((shards * percent) / 100).join(direction === "out" ? " or " : " and "),
};

export function applicationThroughputWords(signal: ThroughputSignal): SignalWords {
  const records = (kpus: number) => `${figure((kpus * signal.recordsPerKpuPerMinute) / 60)} records/s`;
  return {
    meaning: `utilisation: records written, in percent of what the KPUs asked for process (${records(1)} each); ${lagMeaning(signal)}`,
    amount: (direction, percent, kpus) => records((kpus * percent) / 100) + (direction === "in" ? shortLag(signal, percent) : ""),
  };
}

/** Of what KPUs are measured to do. @param load "busy time". @param of of what: " of Map". */
export function loadWords(load: string, of: string, signal: BacklogSignal): SignalWords {
  return {
    meaning: `${load}${of} in the KPUs that serve, in percent of those asked for; ${lagMeaning(signal)}`,
    amount: (direction, percent) => `${figure(percent)} % ${load}` + (direction === "in" ? shortLag(signal, percent) : ""),
  };
}

/** Out by seconds of lag, in by the throughput. */
export function lagWords(signal: ThroughputSignal): SignalWords {
  const throughput = applicationThroughputWords(signal);
  return {
    meaning: `out by lag that won't have drained in ${duration(signal.catchUpSeconds)}; in by ${throughput.meaning}`,
    amount: (direction, value, kpus) =>
      direction === "out" ? `${figure(value)} s of lag that doesn't drain in time` : throughput.amount("in", value, kpus),
  };
}

export function expressionWords({ math, unit = "" }: ExpressionArgs): SignalWords {
  return { meaning: `the expression ${math}`, amount: (_direction, value) => quantity(value, unit) };
}

const lagMeaning = ({ catchUpSeconds }: BacklogSignal) => `a lag of ${duration(catchUpSeconds)} doubles it`;

/** Where scaling in is decided a lag counts in percent of `lagForScaleInSeconds`. */
const shortLag = ({ lagForScaleInSeconds }: BacklogSignal, percent: number) =>
  ` and ${duration((lagForScaleInSeconds * percent) / 100)} of lag`;
