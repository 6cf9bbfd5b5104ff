/** Civil time as a time zone's clocks show it, encoded as ms as if it were UTC. */
export type LocalTime = number;

/** True for names that this machine's IANA data knows; AWS takes the canonical names of Joda-Time. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export interface TimeZone {
  toLocal(time: number): LocalTime;
  /** The first instant at which the clocks show `local`; undefined for times that a spring change skips. */
  toInstant(local: LocalTime): number | undefined;
}

export function timeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const toLocal = (time: number) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(time)) parts[type] = Number(value);
    return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second);
  };
  const day = 86_400_000;
  return {
    toLocal,
    toInstant(local) {
      // The offsets a day before and after hold every offset that can apply: the earlier instant first.
      const offsets = [local - day, local + day].map((near) => toLocal(near) - near);
      const instants = [...new Set(offsets)].map((offset) => local - offset).sort((a, b) => a - b);
      return instants.find((instant) => toLocal(instant) === local);
    },
  };
}
