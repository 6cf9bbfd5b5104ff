import { minute } from "./core/clock";

export interface Pace {
  /** Virtual minutes to run. */
  minutes: number;
  /** Virtual seconds per second, or as fast as the machine goes. */
  speed: number | "max";
  /** Asked before every step; true ends the run. */
  stopped(): boolean;
  /** Lets one virtual minute pass. */
  step(): Promise<void>;
}

/** Milliseconds after which a run at full speed lets signals and sockets in. */
const breatheMs = 50;

/** Steps through virtual minutes at the speed asked for. The machine's clock paces, it never reaches the models. */
export async function pace({ minutes, speed, stopped, step }: Pace): Promise<void> {
  const begin = performance.now();
  let breathed = begin;
  for (let passed = 0; passed < minutes && !stopped(); passed++) {
    if (speed !== "max") await until(begin + (passed * minute) / speed, stopped);
    await step();
    if (performance.now() - breathed < breatheMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    breathed = performance.now();
  }
}

/** Sleeps in short naps, so that Ctrl-C is heard at once also at slow speeds. */
async function until(time: number, stopped: () => boolean): Promise<void> {
  for (let left = time - performance.now(); left > 0 && !stopped(); left = time - performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, 100)));
  }
}
