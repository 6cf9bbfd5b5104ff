import { minute } from "./core/clock";
import { stackError } from "./deploy/stackFiles";
import type { PageSession } from "./page/session";
import type { Sandbox } from "./sandbox";
import type { Traffic } from "./traffic/traffic";

export interface SessionOptions {
  /** Undefined: restart() opens the first one. */
  sandbox?: Sandbox;
  stack: string;
  stacks: readonly string[];
  /** Virtual minutes until the session has ended; it goes on if somebody asks for it. */
  minutes: number;
  speed: number | "max";
  /** Time passes as the machine's does, in small steps, not a minute at a time: something real takes part. Default false. */
  smooth?: boolean;
  /** Opens a sandbox of a stack with the traffic of the start. */
  open(stack: string): Promise<Sandbox>;
}

/** A sandbox whose time passes as somebody at a page or a terminal wants it to. */
export interface Session extends PageSession {
  /** Lets time pass until `stopped` says so, or to the end if `untilEnd`. */
  run(stopped: () => boolean, untilEnd: boolean): Promise<void>;
  /** Time stands still: paused, at its end, or no sandbox is there. */
  readonly stands: boolean;
}

/** Milliseconds of a nap while time stands still or the next minute isn't due: commands and Ctrl-C are heard at once. */
const napMs = 50;
/** Milliseconds after which a run at full speed lets signals and sockets in. */
const breatheMs = 50;

/** Milliseconds between two steps of a smooth session. */
const stepMs = 25;

export function createSession({ sandbox, stack, stacks, minutes, speed, smooth = false, open }: SessionOptions): Session {
  let current = sandbox;
  let left = minutes;
  let paused = false;
  let deploying: string | undefined;
  let due = 0;
  let listeners: (() => void)[] = [];
  const changed = () => listeners.forEach((listener) => listener());

  /** What has passed since `from`, and a pause; returns until when. */
  const pass = async (from: number): Promise<number> => {
    const now = performance.now();
    const minutes = ((now - from) * Number(speed)) / minute;
    await current!.advance(minutes);
    const ends = left > 0 && left <= minutes;
    left -= minutes;
    if (ends) changed();
    await nap(stepMs);
    return now;
  };

  const session: Session = {
    current: () => current,
    smooth,
    stacks,
    get stack() {
      return stack;
    },
    get speed() {
      return speed;
    },
    get paused() {
      return paused;
    },
    get ended() {
      return left <= 0;
    },
    get stands() {
      return paused || left <= 0 || !current;
    },
    setPaused(wanted) {
      paused = wanted;
      if (!wanted && left <= 0) left = Infinity;
      due = 0;
      changed();
    },
    setSpeed(wanted) {
      speed = wanted;
      due = 0;
      changed();
    },
    play(traffic: Traffic) {
      current?.pipelines.forEach(({ producer }) => producer.play(traffic));
      left = Math.max(left, traffic.minutes ?? Infinity);
      changed();
    },
    async restart(wanted) {
      // Pulumi's runtime has one program at a time.
      if (deploying !== undefined) throw stackError(`Stack ${deploying} is being deployed; try again when it runs.`);
      const before = current;
      current = undefined;
      deploying = wanted;
      changed();
      try {
        current = await open(wanted);
        stack = wanted;
        left = minutes;
        paused = false;
      } catch (error) {
        current = before;
        throw error;
      } finally {
        deploying = undefined;
        due = 0;
        changed();
      }
    },
    subscribe(listener) {
      listeners = [...listeners, listener];
      return () => void (listeners = listeners.filter((other) => other !== listener));
    },
    async run(stopped, untilEnd) {
      let breathed = performance.now();
      /** In a smooth session: until when the machine's time has passed here. */
      let passed = breathed;
      while (!stopped() && !(untilEnd && left <= 0)) {
        const { stands } = session;
        if (stands || performance.now() < due) {
          const napped = performance.now();
          await nap(stands ? napMs : Math.min(napMs, due - performance.now()));
          breathed = passed = performance.now();
          current?.cloud.clock.stand(breathed - napped);
          continue;
        }
        if (smooth) {
          passed = await pass(passed);
          continue;
        }
        // A minute that came late isn't made up for by a burst.
        const now = performance.now();
        due = speed === "max" ? 0 : Math.max(due, now - minute / speed) + minute / speed;
        await current!.advance(1);
        if (--left === 0) changed();
        if (performance.now() - breathed < breatheMs) continue;
        await new Promise((resolve) => setImmediate(resolve));
        breathed = performance.now();
      }
    },
  };
  return session;
}

const nap = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
