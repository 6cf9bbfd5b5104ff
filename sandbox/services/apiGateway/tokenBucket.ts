/** API Gateway's throttling: `burst` requests at once, `rate` a second refill. ("Throttle requests to your REST APIs") */
export interface TokenBucket {
  /** Takes one request at `now` (ms); false when there is none left. */
  take(now: number, rate: number, burst: number): boolean;
}

export function tokenBucket(): TokenBucket {
  let tokens: number | undefined;
  let at = 0;
  return {
    take(now, rate, burst) {
      tokens = tokens === undefined ? burst : Math.min(burst, tokens + ((now - at) / 1000) * rate);
      at = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
