import type { Policy } from "../model/policy";
import { autoScaling } from "./autoScaling";
import { allHold } from "./datapoints";

const target = 0.7;
const cooldown = 5;
const highDatapoints = 3;
const lowDatapoints = 15;

/**
 * Target tracking of 70 % CPU by Application Auto Scaling's own two alarms: three minutes above it, fifteen below nine tenths of it. Which
 * datapoint counts is undocumented: the newest to scale out, the largest to scale in.
 */
export const targetTrackingCpu: Policy = {
  name: "target-tracking-cpu",
  application({ kpus }) {
    const scaling = autoScaling(kpus, cooldown, cooldown);
    return {
      decide(view) {
        const { minute, minutes } = view;
        const busy = (i: number) => minutes.busy[i]!;
        let newest = NaN;
        let largest = 0;
        const high = allHold(busy, minute, highDatapoints, (value) => {
          if (Number.isNaN(newest)) newest = value;
          return value > target;
        });
        const low = allHold(busy, minute, lowDatapoints, (value) => {
          largest = Math.max(largest, value);
          return value < 0.9 * target;
        });
        return scaling.decide(
          view,
          high ? (base) => Math.max(base + 1, Math.ceil((base * newest) / target)) : undefined,
          low ? (base) => Math.ceil((base * largest) / target) : undefined,
        );
      },
    };
  },
};
