import { minute } from "./core/clock";
import type { PageSession } from "./page/session";
import type { Sandbox } from "./sandbox";
import type { Traffic } from "./traffic/traffic";

export interface SessionOptions {
  stack: string;
  stacks: readonly string[];
  speed: number | "max";
  /** Virtual minutes after which time stands still. */
  minutes: number;
  /** Deploys a stack. Rejects with the user's mistakes. */
  open(stack: string): Promise<Sandbox>;
  /** Called for each sandbox before its first minute. */
  onOpened(sandbox: Sandbox): Promise<void> | void;
}

/** The loop that lets time pass, and what page and terminal may do with it. */
export interface Session extends PageSession {
  /** Opens the first sandbox. Rejects with the user's mistakes. */
  start(): Promise<Sandbox>;
  /** Lets time pass: until the minutes are over, or, with `stay`, until stop() whatever happens. */
  run(stay: boolean): Promise<void>;
  stop(): void;
}

/** Milliseconds after which a run at full speed lets signals and sockets in. */
const breatheMs = 50;
/** Naps are short, so that Ctrl-C and a change of speed are heard at once also at slow speeds. */
const napMs = 100;

export function createSession(options: SessionOptions): Session {
  let sandbox: Sandbox | undefined;
  let { stack, speed, minutes } = options;
  let passed = 0;
  let paused = false;
  let ended = false;
  let stopped = false;
  /** Where pacing counts from: changed whenever the speed does or time stood still. */
  let reference = { at: 0, passed: 0 };
  let listeners: (() => void)[] = [];

  const changed = () => {
    reference = { at: performance.now(), passed };
    for (const listener of listeners) listener();
  };

  const open = async (name: string) => {
    const opened = await options.open(name);
    await options.onOpened(opened);
    [sandbox, stack, passed, ended] = [opened, name, 0, false];
    changed();
    return opened;
  };

  /** Milliseconds until the next minute is due. */
  const due = () => (speed === "max" ? 0 : reference.at + ((passed - reference.passed) * minute) / speed - performance.now());

  const step = async () => {
    await sandbox?.advance(1);
    passed++;
    if (passed >= minutes && !ended) {
      ended = true;
      changed();
    }
  };

  return {
    current: () => sandbox,
    get stack() {
      return stack;
    },
    stacks: options.stacks,
    get speed() {
      return speed;
    },
    get paused() {
      return paused;
    },
    get ended() {
      return ended;
    },
    start: () => open(options.stack),
    async run(stay) {
      let breathed = performance.now();
      while (!stopped && (stay || !ended)) {
        const wait = paused || ended ? napMs : Math.min(due(), napMs);
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        else if (performance.now() - breathed > breatheMs) {
          await new Promise((resolve) => setImmediate(resolve));
          breathed = performance.now();
        } else await step();
      }
    },
    stop() {
      stopped = true;
    },
    setPaused(value) {
      paused = value;
      if (!value && ended) [ended, minutes] = [false, Infinity];
      changed();
    },
    setSpeed(value) {
      speed = value;
      changed();
    },
    play(traffic: Traffic) {
      sandbox?.producer.play(traffic);
      if (ended) [ended, minutes] = [false, Infinity];
      changed();
    },
    async restart(name) {
      await open(name);
    },
    subscribe(listener) {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((other) => other !== listener);
      };
    },
  };
}
