/**
 * What a body may hold. Parsers have no limits of their own: a few bytes can ask for gigabytes (nested lists that claim millions of
 * items, decimals with an exponent of 2^28) or for hours (numbers of 128 KiB). So a body is walked before it is parsed, in one pass
 * that makes nothing.
 */
export interface BodyLimits {
  /** Lists and maps in each other. The SDK's models have about ten levels. */
  depth: number;
  /** Values of all lists and maps together: PutMetricData's most, 1,000 metrics of 300 numbers and 60 texts each, is 400,000. */
  values: number;
}

export const bodyLimits: BodyLimits = { depth: 64, values: 1_000_000 };

const tooDeep = ({ depth }: BodyLimits) => `The body is nested deeper than ${depth} levels.`;
const tooMany = ({ values }: BodyLimits) => `The body has more than ${values} values.`;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openMap, closeMap] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What is wrong with the size of a JSON text, or undefined. Whether it is JSON at all is the parser's to say. */
export function jsonProblem(body: Buffer, limits = bodyLimits): string | undefined {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < body.length; at++) {
    switch (body[at]) {
      case quote:
        at = endOfText(body, at);
        break;
      case openList:
      case openMap:
        if (++depth > limits.depth) return tooDeep(limits);
        if (++values > limits.values) return tooMany(limits);
        break;
      case closeList:
      case closeMap:
        depth--;
        break;
      case comma:
        if (++values > limits.values) return tooMany(limits);
    }
  }
  return undefined;
}

function endOfText(body: Buffer, from: number): number {
  for (let at = body.indexOf(quote, from + 1); at >= 0; at = body.indexOf(quote, at + 1)) {
    let slashes = at - 1;
    while (body[slashes] === backslash) slashes--;
    if ((at - slashes) % 2 === 1) return at;
  }
  return body.length;
}

/** A list, map or tag that is being walked: how many items are still to come. */
interface Open {
  left: number;
  /** Ends with a break instead of after `left` items. */
  endless: boolean;
}

const breakByte = 0xff;
/** Tags 2 and 3 are integers of any length, 4 decimals of any exponent: no member of AWS's models is one. */
const unboundedNumbers = [2, 3, 4];

/** What is wrong with a CBOR item (RFC 8949), or undefined: too deep, too much, numbers without a bound, or an item that isn't whole. */
export function cborProblem(body: Buffer, limits = bodyLimits): string | undefined {
  const broken = "The body is not one whole CBOR item.";
  const open: Open[] = [{ left: 1, endless: false }];
  let values = 0;
  let at = 0;
  while (open.length > 0) {
    const inner = open[open.length - 1]!;
    if (inner.endless ? body[at] === breakByte : inner.left === 0) {
      if (inner.endless) at++;
      open.pop();
      continue;
    }
    if (++values > limits.values) return tooMany(limits);
    inner.left--;
    const head = readHead(body, at);
    if (!head) return broken;
    at += head.bytes;
    const { major, argument, endless } = head;
    if (major === 2 || major === 3) {
      if (endless) open.push({ left: 0, endless });
      else if (argument > body.length - at) return broken;
      else at += argument;
    } else if (major >= 4 && major <= 6) {
      if (major === 6 && unboundedNumbers.includes(argument))
        return `Tag ${argument}: no member is a number of more than 64 bits.`;
      const items = major === 4 ? argument : major === 5 ? 2 * argument : 1;
      if (items > body.length - at) return broken;
      open.push({ left: items, endless });
    }
    if (open.length > limits.depth + 1) return tooDeep(limits);
  }
  return undefined;
}

/** An item's first bytes: its major type and the number that they hold; undefined when they aren't all there or mean nothing. */
function readHead(body: Buffer, at: number): { major: number; argument: number; bytes: number; endless: boolean } | undefined {
  const first = body[at];
  if (first === undefined) return undefined;
  const major = first >> 5;
  const minor = first & 31;
  if (minor < 24) return { major, argument: minor, bytes: 1, endless: false };
  if (minor === 31 && major >= 2 && major <= 5) return { major, argument: 0, bytes: 1, endless: true };
  const width = [1, 2, 4, 8][minor - 24];
  if (width === undefined || at + width >= body.length) return undefined;
  // Above 2^53 it isn't exact: more than any body has bytes either way.
  const argument = width === 8 ? Number(body.readBigUInt64BE(at + 1)) : body.readUIntBE(at + 1, width);
  return { major, argument, bytes: 1 + width, endless: false };
}
