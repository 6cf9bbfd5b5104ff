import type { FlinkConfig } from "../../../scaler/types";
import type { ScalerCall, ScalerWorld } from "../../support/scalerWorld";
import type { Rule } from "./rules";

/** Minutes without a trouble of the whole run, in which a small change has been asked for and is there. */
const boundMinutes = 40;
const everyMinutes = 75;
const name = "calm";

/** An application in a pipeline of its own, beside those that are in trouble: nobody does anything to it but PATCH. */
export interface Bystander {
  /** It is this call's: nothing happens to it but what happens to the whole run. */
  concerns(call: ScalerCall): boolean;
  /** A minute has passed. `whole`: its run could do everything. */
  minute(at: number, whole: boolean): Promise<void>;
}

/** `other`: name of the pipeline that is in trouble. */
export async function bystander(
  world: ScalerWorld,
  id: string,
  other: string | undefined,
  add: (rule: Rule, what: string) => void,
): Promise<Bystander> {
  const config: FlinkConfig = {
    ...{
      kind: "flink",
      name,
      pipeline: id === other ? "beside" : id,
      min: 1,
      max: 4,
      mode: "act",
      parallelismPerKpu: 1,
      maxParallelism: 128,
    },
    ...{ drainAfterReshard: false, checkpointIntervalSeconds: 60 },
  };
  await world.addApplication(id, config, 2);
  let asked = 2;
  let waited = 0;
  let looked = 0;
  /** No run looked for about as long as a request is kept: it may be given up or not. */
  let doubtful = false;
  return {
    concerns: ({ input }) => input?.ApplicationName === name || String(input?.Name).includes(`/${id}/`),
    async minute(at, whole) {
      const kpus = world.flink.look(name)?.kpus ?? 0;
      doubtful ||= at - looked > 14;
      if (kpus === asked || doubtful) waited = 0;
      else if (whole && ++waited === boundMinutes) add("bystander", `${id}: ${asked} asked for, ${kpus} after ${waited} runs`);
      if (whole) looked = at;
      if (at % everyMinutes !== 5 || !whole) return;
      const { interfere } = world;
      world.interfere = undefined;
      doubtful = false;
      const { statusCode, answer, body } = await world.patch(id, (asked = kpus === 2 ? 3 : 2));
      world.interfere = interfere;
      if (statusCode !== 200 || answer.desiredCapacity !== asked)
        add("bystander", `PATCH of ${id} answers ${statusCode} ${body}`);
    },
  };
}
