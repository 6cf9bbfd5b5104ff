/** Values of MINUTE, HOUR, DAY, DATE, MONTH, YEAR and EPOCH for a timestamp (ms, start of the point's period), in UTC. */
export const calendar: Record<string, (time: number) => number> = {
  MINUTE: (time) => new Date(time).getUTCMinutes(),
  HOUR: (time) => new Date(time).getUTCHours(),
  /** Monday is 1, Sunday 7: "IF(DAY(m1)<6,m1) returns metrics only from weekdays, Monday to Friday". */
  DAY: (time) => new Date(time).getUTCDay() || 7,
  DATE: (time) => new Date(time).getUTCDate(),
  MONTH: (time) => new Date(time).getUTCMonth() + 1,
  YEAR: (time) => new Date(time).getUTCFullYear(),
  EPOCH: (time) => Math.floor(time / 1000),
};
