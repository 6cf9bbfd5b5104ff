/** Times are ms since the epoch and come from events; Date only gives them another form. */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

/** Minutes since the epoch. */
export function minuteOf(time: number): number {
  return Math.floor(time / 60_000);
}

export function minuteStart(time: number): number {
  return minuteOf(time) * 60_000;
}
