import type { Policy } from "../model/policy";
import { shardMinute } from "../model/workload";

const checkMinutes = 5;
const outMinutes = 5;
const inMinutes = 15;
const outCooldown = 15;
const inCooldown = 60;

/**
 * awslabs/amazon-kinesis-scaling-utils with its README's example: a shard more after 5 of the last 15 minutes above 75 %, one less after 15
 * below 25 %, 15 and 60 minutes apart, looked at every five minutes; by a split or a merge where UpdateShardCount refuses. Reads are half
 * as much load as writes, so that writes decide.
 */
export const kinesisScalingUtils: Policy = {
  name: "kinesis-scaling-utils",
  stream(workload) {
    const { min, max } = workload.shards;
    const perShard = shardMinute(workload);
    let lastOut = -Infinity;
    let lastIn = -Infinity;
    return {
      by: "splits",
      decide({ tick, minute, count, updating, minutes }) {
        if (tick % checkMinutes !== 0 || updating || minute + 1 < inMinutes) return undefined;
        let high = 0;
        let low = 0;
        for (let i = minute; i > minute - inMinutes; i--) {
          const load = minutes.accepted[i]! / (count * perShard);
          if (load > 0.75) high++;
          if (load < 0.25) low++;
        }
        if (high >= outMinutes) {
          if (tick - lastOut < outCooldown || count >= max) return undefined;
          lastOut = tick;
          return count + 1;
        }
        if (low < inMinutes || tick - lastIn < inCooldown || count <= min) return undefined;
        lastIn = tick;
        return count - 1;
      },
    };
  },
};
