import { validationError } from "./errors";

/** ms of a Date, an ISO 8601 text or epoch seconds. @throws ValidationError */
export function parseTime(value: unknown, member: string): number {
  if (value === undefined || value === null) throw validationError(`The parameter ${member} is required.`);
  const ms = value instanceof Date ? value.getTime() : typeof value === "number" ? value * 1000 : Date.parse(String(value));
  if (Number.isFinite(ms)) return ms;
  throw validationError(`The parameter ${member} must be a timestamp (ISO 8601 or epoch seconds), got ${String(value)}.`);
}
