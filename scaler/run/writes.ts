import type { Aws } from "../aws/clients";

/** Below SSM's standard throughput of 3 writes a second, which PATCHes need too ("AWS Systems Manager endpoints and quotas"). */
const writesPerSecond = 2;
/** At two a second they end before the function's 55 s do. */
const writesPerRun = 88;

/** Parameters that a run may still write. What doesn't fit is left to the next run, which begins with other pipelines. */
export interface WritesLeft {
  count: number;
}

export function writesOfRun(): WritesLeft {
  return { count: writesPerRun };
}

/** A second has passed in which the run may have written nothing: what is left still ends in time. */
export function secondPassed(left: WritesLeft): void {
  left.count = Math.max(0, left.count - writesPerSecond);
}

/** Sets writes aside, or none if there are too few. */
export function reserve(left: WritesLeft, count: number): boolean {
  if (count > left.count) return false;
  left.count -= count;
  return true;
}

/** AWS with writes of parameters one after the other, under SSM's rate. */
export function pacedWrites(aws: Aws): Aws {
  let last: Promise<void> | undefined;
  return {
    pause: (milliseconds) => aws.pause(milliseconds),
    async call(service, operation, input) {
      if (operation === "PutParameter") {
        const turn = last === undefined ? Promise.resolve() : last.then(() => aws.pause(1_000 / writesPerSecond));
        last = turn;
        await turn;
      }
      return aws.call(service, operation, input);
    },
  };
}
