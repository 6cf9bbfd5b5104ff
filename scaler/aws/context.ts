import type { Aws } from "./clients";

/** The function's environment: SLUICE_PREFIX ("/sluice/{stack}") and SLUICE_STACK. */
export interface Environment {
  prefix: string;
  stack: string;
}

/** What an invocation is given. `now` is its event's time, ms. */
export interface Context extends Environment {
  aws: Aws;
  now: number;
}
