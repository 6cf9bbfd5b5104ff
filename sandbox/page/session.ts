import type { Sandbox } from "../sandbox";
import type { Traffic } from "../traffic/traffic";

/** What the page asks of the loop that lets time pass. The page itself never advances time. */
export interface PageSession {
  /** The sandbox that runs now; undefined while one is being started. Replaced by restart(). */
  current(): Sandbox | undefined;
  /** Name of the stack that runs. */
  readonly stack: string;
  /** Names that restart() takes. */
  readonly stacks: readonly string[];
  /** Virtual seconds per second, or as fast as the machine goes. */
  readonly speed: number | "max";
  readonly paused: boolean;
  /** Time passes as the machine's does: a real job runs. */
  readonly smooth: boolean;
  /** The minutes asked for have passed: time stands still until setPaused(false) or play(). */
  readonly ended: boolean;
  /** False after the end: runs on without an end. */
  setPaused(paused: boolean): void;
  setSpeed(speed: number | "max"): void;
  /** Other traffic from its beginning, in the running sandbox; after the end time goes on. */
  play(traffic: Traffic): void;
  /** Replaces the running sandbox by one of this stack. Rejects with the user's mistake (ConfigError, StackError), or while another one is being deployed; the old one runs on then. */
  restart(stack: string): Promise<void>;
  /** Called after current(), stack, speed, paused or ended changed. Returns the function that ends it. */
  subscribe(listener: () => void): () => void;
}
