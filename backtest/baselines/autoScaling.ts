import type { View } from "../model/policy";
import { withinBounds, type Bounds } from "../model/workload";

/**
 * Application Auto Scaling's cooldowns: an action runs every minute while its alarm rings. After a scaling out only the excess over what it
 * added counts until the cooldown is over; scaling in waits for both. A cooldown begins when the change is done.
 */
export interface AutoScaling {
  /** @param outFrom capacity wanted from a base, or undefined while that alarm is quiet. @param inFrom the same for scaling in. */
  decide(view: View, outFrom?: (base: number) => number, inFrom?: (base: number) => number): number | undefined;
}

export function autoScaling(bounds: Bounds, outCooldown: number, inCooldown: number): AutoScaling {
  let running: { out: boolean; from: number; to: number } | undefined;
  let cooldown = { out: false, until: -1, added: 0 };
  return {
    decide(view, outFrom, inFrom) {
      if (running && !view.updating) {
        const { out, from, to } = running;
        // Refused: nothing began, nothing cools down.
        if (view.count === to)
          cooldown = { out, until: view.tick + (out ? outCooldown : inCooldown), added: out ? to - from : 0 };
        running = undefined;
      }
      if (view.updating) return undefined;
      const cools = view.tick < cooldown.until;
      const added = cools && cooldown.out ? cooldown.added : 0;
      const more = outFrom && withinBounds(outFrom(view.count - added), bounds);
      const less = inFrom && withinBounds(inFrom(view.count), bounds);
      const wanted =
        more !== undefined && more > view.count ? more : !cools && less !== undefined && less < view.count ? less : undefined;
      if (wanted === undefined) return undefined;
      running = { out: wanted > view.count, from: view.count - (wanted > view.count ? added : 0), to: wanted };
      return wanted;
    },
  };
}
