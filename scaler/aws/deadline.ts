import type { Aws } from "./clients";

/**
 * Milliseconds after which an invocation calls nothing more: with the longest call it ends before the function's 55 s, and what it
 * couldn't do is told. A function that is killed tells nothing.
 */
export const lastCallMs = 45_000;

/** Runs `then` after so many milliseconds, unless the function that it gives is called before. */
export type Timer = (milliseconds: number, then: () => void) => () => void;

/** An invocation's work, with an AWS that calls nothing and waits for nothing once its time is over. */
export async function inTime<T>(aws: Aws, work: (aws: Aws) => Promise<T>, timer: Timer = startTimer): Promise<T> {
  let over = false;
  const stop = timer(lastCallMs, () => (over = true));
  try {
    return await work({
      pause: (milliseconds) => (over ? Promise.resolve() : aws.pause(milliseconds)),
      call: (service, operation, input) =>
        over ? Promise.reject(tooLate(`${service}:${operation}`)) : aws.call(service, operation, input),
    });
  } finally {
    stop();
  }
}

function startTimer(milliseconds: number, then: () => void): () => void {
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
}

function tooLate(call: string): Error {
  const seconds = lastCallMs / 1_000;
  return Object.assign(new Error(`${call} was not called: the run's ${seconds} s are over, the next one goes on`), {
    name: "TimeoutError",
  });
}
