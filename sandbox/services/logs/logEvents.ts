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

/** Events that came one after another; their texts stand one behind the other in `bytes`, each up to its `end`. */
interface Block {
  firstId: number;
  bytes: Buffer;
  ends: number[];
  timestamps: number[];
  ingestionTimes: number[];
  /** undefined: the stream was deleted with its events. */
  logStreams: (string | undefined)[];
}

const blockBytes = 64 * 1024;
/** UTF-8 of a string's code unit takes three bytes at most. */
const bytesPerUnit = 3;

/**
 * Keeps the newest `capacity` events: memory stays flat however long a run is. Texts are kept as bytes, of which the garbage collector
 * knows nothing: as strings they are most of what outlives a minute.
 */
export function logEvents(capacity: number): LogEvents {
  const blocks: Block[] = [];
  let next = 0;

  const blockFor = (message: string): Block => {
    const newest = blocks.at(-1);
    const needed = bytesPerUnit * message.length;
    if (newest && newest.bytes.length - (newest.ends.at(-1) ?? 0) >= needed) return newest;
    while (blocks[1] && next - blocks[1].firstId >= capacity) blocks.shift();
    const bytes = Buffer.allocUnsafeSlow(Math.max(blockBytes, needed));
    const block = { firstId: next, bytes, ends: [], timestamps: [], ingestionTimes: [], logStreams: [] };
    blocks.push(block);
    return block;
  };

  return {
    append(timestamp, ingestionTime, logStream, message) {
      const block = blockFor(message);
      const start = block.ends.at(-1) ?? 0;
      block.ends.push(start + block.bytes.write(message, start));
      block.timestamps.push(timestamp);
      block.ingestionTimes.push(ingestionTime);
      block.logStreams.push(logStream);
      next++;
    },
    between: (start, end) => blocks.flatMap((block) => eventsOf(block, next - capacity, start, end)),
    removeStream(name) {
      for (const block of blocks) block.logStreams = block.logStreams.map((stream) => (stream === name ? undefined : stream));
    },
    nextId: () => next,
  };
}

function eventsOf(block: Block, oldestId: number, start: number, end: number): LogEvent[] {
  const { firstId, bytes, ends, timestamps, ingestionTimes, logStreams } = block;
  return logStreams.flatMap((logStream, i) => {
    const [id, timestamp] = [firstId + i, timestamps[i]!];
    if (logStream === undefined || id < oldestId || !(timestamp >= start && timestamp < end)) return [];
    const message = bytes.toString("utf8", ends[i - 1] ?? 0, ends[i]);
    return [{ timestamp, ingestionTime: ingestionTimes[i]!, logStream, message, id }];
  });
}
