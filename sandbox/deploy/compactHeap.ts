import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of the heap's old objects, holes included, below which nothing is gained: one stack needs half of it. */
const worthwhile = 160 * 1024 * 1024;

/**
 * Moves together what deployments leave behind. Most of what a deployment makes is garbage soon; what stays then lies far apart in a
 * heap full of holes, and whatever a simulated minute touches is on a page of memory of its own. Takes some tenths of a second.
 * @param from bytes of old objects, holes included, from which on it does anything.
 */
export function compactHeap(from = worthwhile): void {
  const old = getHeapSpaceStatistics().find(({ space_name }) => space_name === "old_space");
  if ((old?.space_size ?? 0) < from) return;
  setFlagsFromString("--expose-gc");
  setFlagsFromString("--compact-on-every-full-gc");
  (runInNewContext("gc") as () => void)();
  setFlagsFromString("--no-compact-on-every-full-gc");
  setFlagsFromString("--no-expose-gc");
}
