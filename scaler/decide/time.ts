/** Times are ms since the epoch and come from events; Date only gives them another form. */
function isoTime(time: number): string {
  return new Date(time).toISOString();
}

/** The SDK's form of a time. */
function sdkTime(time: number): Date {
  return new Date(time);
}

/** Minutes since the epoch. */
function minuteOf(time: number): number {
  return Math.floor(time / 60_000);
}

function minuteStart(time: number): number {
  return minuteOf(time) * 60_000;
}

export { isoTime, minuteOf, minuteStart, sdkTime };
