import type { ApplicationView, Policy } from "../model/policy";
import type { Workload } from "../model/workload";
import { allHold } from "./datapoints";

const datapoints = 5;
const pollMinutes = 1;
const cooldownMinutes = 5;

/** A run of the sample's state machine, between two of its steps. */
interface Execution {
  direction: "out" | "in";
  step: "scale" | "poll" | "cool";
  until: number;
}

/**
 * The sample infrastructure/AutoScaling of amazon-managed-service-for-apache-flink-examples, on CPU with its operation Multiply: an alarm
 * that begins to ring starts an execution, which scales by two, waits for the update and five minutes more, and goes on while the alarm rings.
 * Each direction has executions of its own. The bounds are the workload's, not the sample's 1 to 10.
 */
export const msfExamples: Policy = {
  name: "msf-examples",
  application(workload: Workload) {
    const { min, max } = workload.kpus;
    const rings = { out: false, in: false };
    let executions: Execution[] = [];

    const evaluate = ({ minute, tick, minutes }: ApplicationView, direction: "out" | "in") => {
      const breaches = direction === "out" ? (busy: number) => busy > 0.8 : (busy: number) => busy <= 0.2;
      const now = allHold((i) => minutes.busy[i]!, minute, datapoints, breaches) ?? rings[direction];
      if (now && !rings[direction]) executions.push({ direction, step: "scale", until: tick });
      rings[direction] = now;
    };

    /** @returns what it asks for; ends the execution by leaving it out of the list. */
    const scale = (execution: Execution, { count, tick }: ApplicationView): number | undefined => {
      const out = execution.direction === "out";
      const wanted = out ? Math.min(2 * count, max) : Math.max(Math.floor(count / 2), min);
      const atBound = out ? count >= max : count <= min;
      const reached = out ? 2 * count >= max : Math.floor(count / 2) <= min;
      if (reached) executions = executions.filter((other) => other !== execution);
      execution.step = "poll";
      execution.until = tick + pollMinutes;
      return atBound ? undefined : wanted;
    };

    return {
      decide(view) {
        evaluate(view, "out");
        evaluate(view, "in");
        let asked: number | undefined;
        for (const execution of executions) {
          if (execution.step === "poll" && view.tick >= execution.until) {
            if (view.updating) execution.until = view.tick + pollMinutes;
            else Object.assign(execution, { step: "cool", until: view.tick + cooldownMinutes });
          }
          if (execution.step === "cool" && view.tick >= execution.until) {
            if (rings[execution.direction]) execution.step = "scale";
            else executions = executions.filter((other) => other !== execution);
          }
          if (execution.step !== "scale") continue;
          if (view.updating || asked !== undefined) Object.assign(execution, { step: "poll", until: view.tick + pollMinutes });
          else asked = scale(execution, view);
        }
        return asked;
      },
    };
  },
};
