import type { Random } from "../core/random";

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/** A request id as AWS answers it (a version 4 UUID), drawn from the sandbox's seed. */
export function requestId(random: Random): string {
  const draw = () => random.integer(0, 0xffffff);
  const a = draw();
  const b = draw();
  const c = draw();
  const d = draw();
  const e = draw();
  return `${hex(a, 6)}${hex(b & 0xff, 2)}-${hex(b >> 8, 4)}-4${hex(c & 0xfff, 3)}-a${hex(c >> 12, 3)}-${hex(d, 6)}${hex(e, 6)}`;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An identifier in AWS's base-32 alphabet, e.g. of a role ("AROA..."). */
export function uniqueId(random: Random, length: number, alphabet = letters): string {
  let text = "";
  for (let i = 0; i < length; i++) text += alphabet[random.integer(0, alphabet.length - 1)];
  return text;
}
