export interface LogEvent {
  /** ms, virtual */
  timestamp: number;
  ingestionTime: number;
  logStream: string;
  message: string;
  /** Counts up over the group. */
  id: number;
}

/** A group's newest events. */
export interface LogEvents {
  append(timestamp: number, ingestionTime: number, logStream: string, message: string): void;
  /** Those with a timestamp from `start` on and before `end`, in the order in which they came. */
  between(start: number, end: number): LogEvent[];
  removeStream(logStream: string): void;
  /** Id of the next event. */
  nextId(): number;
}

/** Events that came one after another, in one buffer: of each four numbers, then its text, then the next one at a multiple of 8 bytes. */
interface Block {
  firstId: number;
  bytes: Buffer;
  /** The same as numbers. */
  numbers: Float64Array;
  /** Where the next event begins, in numbers. */
  end: number;
  /** Streams of the events; undefined: it was deleted with its events. */
  logStreams: (string | undefined)[];
}

/** Numbers of an event: bytes of the text, timestamp, time of ingestion, index of the stream; then the text. */
const [textBytesAt, timestampAt, ingestionTimeAt, logStreamAt, textAt] = [0, 1, 2, 3, 4];
const bytesPerNumber = Float64Array.BYTES_PER_ELEMENT;
const blockBytes = 64 * 1024;
/** UTF-8 of a string's code unit takes three bytes at most. */
const bytesPerUnit = 3;

/**
 * Keeps the newest `capacity` events: memory stays flat however long a run is. They are kept in buffers, of which the garbage collector
 * knows nothing: as objects they would be most of what outlives a minute.
 */
export function logEvents(capacity: number): LogEvents {
  const blocks: Block[] = [];
  let next = 0;

  const blockFor = (message: string): Block => {
    const newest = blocks.at(-1);
    const needed = nextEvent(0, bytesPerUnit * message.length);
    if (newest && newest.numbers.length - newest.end >= needed) return newest;
    while (blocks[1] && next - blocks[1].firstId >= capacity) blocks.shift();
    const bytes = Buffer.allocUnsafeSlow(Math.max(blockBytes, needed * bytesPerNumber));
    const block = { firstId: next, bytes, numbers: new Float64Array(bytes.buffer), end: 0, logStreams: [] };
    blocks.push(block);
    return block;
  };

  return {
    append(timestamp, ingestionTime, logStream, message) {
      const block = blockFor(message);
      const { bytes, numbers, end } = block;
      const textBytes = bytes.write(message, (end + textAt) * bytesPerNumber);
      block.end = nextEvent(end, textBytes);
      numbers[end + textBytesAt] = textBytes;
      numbers[end + timestampAt] = timestamp;
      numbers[end + ingestionTimeAt] = ingestionTime;
      numbers[end + logStreamAt] = streamIndex(block, logStream);
      next++;
    },
    between: (start, end) => blocks.flatMap((block) => eventsOf(block, next - capacity, start, end)),
    removeStream(name) {
      for (const block of blocks) block.logStreams = block.logStreams.map((stream) => (stream === name ? undefined : stream));
    },
    nextId: () => next,
  };
}

/** Where the event behind the one at `at` begins, in numbers. */
const nextEvent = (at: number, textBytes: number) => at + textAt + Math.ceil(textBytes / bytesPerNumber);

function streamIndex({ logStreams }: Block, name: string): number {
  const index = logStreams.lastIndexOf(name);
  return index >= 0 ? index : logStreams.push(name) - 1;
}

function eventsOf(
  { firstId, bytes, numbers, end: blockEnd, logStreams }: Block,
  oldestId: number,
  start: number,
  end: number,
): LogEvent[] {
  const events: LogEvent[] = [];
  let id = firstId;
  for (let at = 0; at < blockEnd; at = nextEvent(at, numbers[at + textBytesAt]!), id++) {
    const timestamp = numbers[at + timestampAt]!;
    const logStream = logStreams[numbers[at + logStreamAt]!];
    if (id < oldestId || logStream === undefined || !(timestamp >= start && timestamp < end)) continue;
    const textStart = (at + textAt) * bytesPerNumber;
    const message = bytes.toString("utf8", textStart, textStart + numbers[at + textBytesAt]!);
    events.push({ timestamp, ingestionTime: numbers[at + ingestionTimeAt]!, logStream, message, id });
  }
  return events;
}
