import { errorText } from "../aws/errors";
import { describeApplication } from "../aws/flink";
import { describeStream } from "../aws/kinesis";
import type { Stored } from "../aws/parameters";
import { standingOf } from "../decide/standing";
import type { Look } from "../decide/types";
import type { Run } from "./types";

/** Looks at a dimension's stream or application. One that can't be looked at is a look too. */
export async function look({ aws, now }: Run, stored: Stored): Promise<Look> {
  const { config, state, stateBroken } = stored;
  // A state that can't be read says nothing of what was given up or adopted: what is there is adopted.
  const standing = standingOf(stateBroken ? { ...stored, record: undefined } : stored, now);
  try {
    if (config.kind === "stream") return { kind: "stream", config, sight: await describeStream(aws, config.name), ...standing };
    return { kind: "flink", config, sight: await describeApplication(aws, config.name, state.change), ...standing };
  } catch (error) {
    return { kind: "unseen", config, error: errorText(error), ...standing };
  }
}
