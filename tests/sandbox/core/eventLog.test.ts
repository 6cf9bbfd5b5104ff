import { strict as assert } from "node:assert";
import { eventLog, type SandboxEvent } from "../../../sandbox/core/eventLog";

const event = (time: number): SandboxEvent => ({ time, source: "test", type: "Happened", message: `at ${time}`, detail: {} });

describe("eventLog", () => {
  it("tells every listener every event, in order, until it unsubscribes", () => {
    const log = eventLog();
    const seen: number[] = [];
    const unsubscribe = log.subscribe(({ time }) => seen.push(time));
    log.append(event(1));
    log.append(event(2));
    unsubscribe();
    log.append(event(3));
    assert.deepEqual(seen, [1, 2]);
  });

  it("keeps the newest events only, so that a long run's memory stays flat", () => {
    const log = eventLog(10);
    for (let time = 0; time < 1000; time++) log.append(event(time));
    assert.deepEqual(
      log.recent().map(({ time }) => time),
      [990, 991, 992, 993, 994, 995, 996, 997, 998, 999],
    );
  });
});
