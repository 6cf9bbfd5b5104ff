import type { PipelineNames } from "../../names";
import { streamThroughputWords } from "../../words/signalWords";
import type { ScalingSettings } from "../scalingArgs";
import { expressionSignal } from "./expression";
import { utilisationQuantity, type Signal } from "./signal";
import { SignalName } from "./signalName";
import { streamUtilisation } from "./stream";

/** What a stream's shards are scaled on. */
export function streamSignal({ signal, expression }: ScalingSettings, names: PipelineNames): Signal {
  if (signal === SignalName.Expression && expression) return expressionSignal(names, "stream", expression);
  const queries: Signal["queries"] = (reading) => streamUtilisation(reading, names);
  return { quantity: utilisationQuantity, unit: "%", words: streamThroughputWords, queries };
}
