// Source: the sandbox's own
import { strict as assert } from "node:assert";
import { logEvents, type LogEvents } from "../../../../sandbox/services/logs/logEvents";

const messages = (events: LogEvents, start = -Infinity, end = Infinity) =>
  events.between(start, end).map(({ message }) => message);

describe("log events", () => {
  it("come back as they were, whatever their characters and length", () => {
    const events = logEvents(100);
    const texts = ["", "Größe 🙂 漢字", "x".repeat(200_000), "\ttab\nline", "漢".repeat(30_000), "last"];
    texts.forEach((text, i) => events.append(i, 10 + i, i % 2 ? "odd" : "even", text));
    assert.deepEqual(messages(events), texts);
    assert.deepEqual(events.between(5, Infinity), [
      { timestamp: 5, ingestionTime: 15, logStream: "odd", message: "last", id: 5 },
    ]);
    assert.equal(events.nextId(), 6);
  });

  it("are the newest only, over any number of blocks", () => {
    const events = logEvents(500);
    const text = (i: number) => `${i} ${"y".repeat(1_000)}`;
    for (let i = 0; i < 3_000; i++) {
      events.append(i, i, "s", text(i));
      if (i % 997 === 0) assert.equal(messages(events).length, Math.min(i + 1, 500));
    }
    assert.deepEqual(
      messages(events),
      Array.from({ length: 500 }, (_, i) => text(2_500 + i)),
    );
  });

  it("are found by time though they came out of order", () => {
    const events = logEvents(10);
    for (const time of [5, 1, 4, 2, 3]) events.append(time, 9, "s", String(time));
    assert.deepEqual(messages(events, 3), ["5", "4", "3"]);
    assert.deepEqual(messages(events, 2, 4), ["2", "3"]);
  });

  it("go with their stream, and the others keep their ids", () => {
    const events = logEvents(10);
    for (const [i, stream] of ["a", "b", "a", "b"].entries()) events.append(i, i, stream, stream + i);
    events.removeStream("a");
    events.append(4, 4, "a", "again");
    assert.deepEqual(
      events.between(-Infinity, Infinity).map(({ id, message }) => [id, message]),
      [
        [1, "b1"],
        [3, "b3"],
        [4, "again"],
      ],
    );
  });
});
