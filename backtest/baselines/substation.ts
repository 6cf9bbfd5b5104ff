import type { Policy } from "../model/policy";
import { shardLoad } from "./shardLoad";

const outMinutes = 5;
const inMinutes = 60;
/** Minutes since the last scaling. */
const outPause = 3;
const inPause = 30;

const factorOf = (count: number): number => (count < 5 ? 2 : count < 13 ? 1.75 : count < 33 ? 1.5 : 1.25);

/**
 * brexhq/substation's autoscale: at 70 % in five minutes of five up, at 35 % or less in sixty of sixty down, by a factor that is smaller the
 * more shards there are. Its tags for bounds are never enforced.
 */
export const substation: Policy = {
  name: "substation",
  stream(workload) {
    const load = shardLoad(workload);
    let last = -Infinity;
    return {
      decide(view) {
        const { tick, minute, count, updating } = view;
        if (updating) last = tick;
        if (updating) return undefined;
        const all = (length: number, holds: (share: number) => boolean): boolean => {
          if (minute + 1 < length) return false;
          for (let i = 0; i < length; i++) if (!holds(load.mean(view, minute - i, 1))) return false;
          return true;
        };
        if (tick - last >= outPause && all(outMinutes, (share) => share >= 0.7)) return Math.floor(count * factorOf(count));
        if (tick - last < inPause || !all(inMinutes, (share) => share <= 0.35)) return undefined;
        return Math.max(1, Math.ceil(count / factorOf(count)));
      },
    };
  },
};
