import { isUtf8 } from "node:buffer";

export interface Line {
  /** From 1 on. */
  number: number;
  /** Undefined: `problem` says why it can't be read. */
  bytes?: Buffer;
  problem?: string;
}

const newline = 10;
const carriageReturn = 13;
const byteOrderMark = Buffer.from("\uFEFF");

/**
 * A text's lines without their ends, those of each chunk together; empty ones are left out. However long the text or a line
 * is, no more than a chunk and `longest` bytes are held.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Line[], void> {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  let number = 0;

  const keep = (part: Buffer) => {
    begunBytes += part.length;
    if (begunBytes <= longest) begun.push(part);
    else begun = [];
  };
  const finish = (): Line[] => {
    number++;
    const line = begunBytes > longest ? { number, problem: `longer than ${longest} bytes` } : read(number, Buffer.concat(begun));
    begun = [];
    begunBytes = 0;
    return line === undefined ? [] : [line];
  };

  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, end));
      lines.push(...finish());
      from = end + 1;
    }
    // A copy: the rest of a chunk is held until its line ends, the chunk needn't be.
    if (from < chunk.length) keep(Buffer.from(chunk.subarray(from)));
    if (lines.length > 0) yield lines;
  }
  if (begunBytes > 0) yield finish();
}

function read(number: number, line: Buffer): Line | undefined {
  const from = number === 1 && line.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
  const bytes = line.subarray(from, line.at(-1) === carriageReturn ? line.length - 1 : line.length);
  if (bytes.length === 0) return undefined;
  return isUtf8(bytes) ? { number, bytes } : { number, problem: "not UTF-8" };
}
