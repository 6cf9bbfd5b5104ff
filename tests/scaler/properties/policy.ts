import type { Play } from "./open";
import type { Timed } from "./scenario";

type Patch = Extract<Timed, { is: "patch" }>;

/** A policy of 70 % and 35 % with a target of 50 %, every five minutes, as Application Auto Scaling would send it. */
export function policyPatches(one: Play, at: number): Patch[] {
  const { traffic, stream, flink } = one.scenario;
  if (!traffic || at % 5 !== 0 || at > one.scenario.minutes) return [];
  const percent = traffic[Math.floor(at / 60) % traffic.length] ?? 100;
  return one.ids.flatMap((id) => {
    const demand = (percent / 100) * ((id === "dev-stream" ? stream?.shards : flink?.kpus) ?? 1);
    const desired = one.judge.desired[id] ?? 1;
    if (demand <= 0.7 * desired && (demand >= 0.35 * desired || at % 15 !== 0)) return [];
    return [{ is: "patch", id, capacity: Math.ceil(demand / 0.5), second: 5, late: 0, twice: false, minute: at }];
  });
}
