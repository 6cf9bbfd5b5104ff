/** Lags of many minutes in little memory: counted by whole second, so percentiles are exact to half a second. */
export interface LagDistribution {
  add(seconds: number): void;
  /** Nearest rank: the smallest whole second that at least `percent` % of the minutes do not exceed; 0 without minutes. */
  percentile(percent: number): number;
  maximum(): number;
}

export function lagDistribution(): LagDistribution {
  const counts = new Map<number, number>();
  let total = 0;
  let maximum = 0;
  return {
    add(seconds) {
      const whole = Math.round(seconds);
      counts.set(whole, (counts.get(whole) ?? 0) + 1);
      maximum = Math.max(maximum, whole);
      total++;
    },
    percentile(percent) {
      const rank = Math.ceil((percent / 100) * total);
      let seen = 0;
      for (const [seconds, count] of [...counts].sort(([a], [b]) => a - b)) {
        seen += count;
        if (seen >= rank) return seconds;
      }
      return 0;
    },
    maximum: () => maximum,
  };
}
