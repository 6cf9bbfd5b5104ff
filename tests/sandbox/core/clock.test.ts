import { strict as assert } from "node:assert";
import { minute, Phase, second, virtualClock } from "../../../sandbox/core/clock";

describe("virtualClock", () => {
  it("runs what is due in the order of time, phase and insertion", async () => {
    const clock = virtualClock(0);
    const ran: string[] = [];
    clock.at(minute, Phase.Alarms, () => void ran.push("alarms"));
    clock.at(minute, Phase.Traffic, () => void ran.push("traffic 1"));
    clock.at(minute, Phase.Traffic, () => void ran.push("traffic 2"));
    clock.at(30 * second, Phase.Observe, () => void ran.push("half a minute"));
    await clock.advanceTo(minute);
    assert.deepEqual(ran, ["half a minute", "traffic 1", "traffic 2", "alarms"]);
  });

  it("shows each task its own time and ends at the time asked for", async () => {
    const clock = virtualClock(0);
    const times: number[] = [];
    clock.at(10, Phase.Invoke, () => void times.push(clock.now()));
    clock.at(20, Phase.Invoke, () => void times.push(clock.now()));
    await clock.advanceTo(25);
    assert.deepEqual(times, [10, 20]);
    assert.equal(clock.now(), 25);
  });

  it("awaits a task before the next one runs", async () => {
    const clock = virtualClock(0);
    const ran: string[] = [];
    clock.at(10, Phase.Invoke, async () => {
      await Promise.resolve();
      ran.push("slow");
    });
    clock.at(10, Phase.Alarms, () => void ran.push("next"));
    await clock.advanceTo(10);
    assert.deepEqual(ran, ["slow", "next"]);
  });

  it("runs a task that is scheduled for the past at once, not before what is due already", async () => {
    const clock = virtualClock(100);
    const ran: number[] = [];
    clock.at(0, Phase.Invoke, () => void ran.push(clock.now()));
    await clock.advanceTo(100);
    assert.deepEqual(ran, [100]);
  });

  it("repeats at every full minute until it is cancelled", async () => {
    const clock = virtualClock(30 * second);
    const times: number[] = [];
    const cancel = clock.everyMinute(Phase.Traffic, () => void times.push(clock.now()));
    await clock.advanceTo(3 * minute);
    cancel();
    await clock.advanceTo(6 * minute);
    assert.deepEqual(times, [minute, 2 * minute, 3 * minute]);
  });

  it("does not run a cancelled task", async () => {
    const clock = virtualClock(0);
    let ran = false;
    clock.at(10, Phase.Invoke, () => {
      ran = true;
    })();
    await clock.advanceTo(20);
    assert.equal(ran, false);
  });

  it("counts requests by the machine's time while it stands, makes up for that when it goes on, and never goes back", async () => {
    const clock = virtualClock(1_000);
    const seen = [clock.rateTime()];
    const look = () => void seen.push(clock.rateTime());
    clock.at(1_000 + 30_000, Phase.Invoke, look);
    clock.stand(40_000);
    look();
    await clock.advanceTo(1_000 + 60_000);
    look();
    assert.deepEqual(seen, [1_000, 41_000, 41_000, 61_000]);
    assert.equal(clock.now(), 61_000);
  });
});
