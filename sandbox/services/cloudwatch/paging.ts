import { constraints, atLeast, atMost, invalidNextToken } from "./errors";

export interface Page<T> {
  items: T[];
  nextToken: string | undefined;
}

/** A page of a list whose order is stable; the token is the offset, disguised. @throws InvalidNextToken */
export function page<T>(all: readonly T[], token: unknown, size: number): Page<T> {
  const from = token === undefined || token === null ? 0 : offsetOf(token);
  const to = from + size;
  return { items: all.slice(from, to), nextToken: to < all.length ? tokenOf(to) : undefined };
}

export function tokenOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString("base64url");
}

export function offsetOf(token: unknown): number {
  const match = /^offset:(\d+)$/.exec(Buffer.from(String(token), "base64url").toString());
  if (!match) throw invalidNextToken("The next token specified is invalid.");
  return Number(match[1]);
}

/** MaxRecords: 1 to 100. */
export function pageSize(value: unknown, standard: number): number {
  if (value === undefined || value === null) return standard;
  const check = constraints();
  check.check(Number(value) >= 1, "maxRecords", value, atLeast(1));
  check.check(Number(value) <= 100, "maxRecords", value, atMost(100));
  check.throwIfAny();
  return Number(value);
}
