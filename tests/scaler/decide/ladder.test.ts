import { strict as assert } from "node:assert";
import {
  dayPeak,
  nextRung,
  recentUpdates,
  rungs,
  scaleInFloor,
  updatesLeft,
  withoutUpdate,
  withUpdate,
} from "../../../scaler/decide/ladder";
import { minute, start } from "../scenario";

const day = 1_440 * minute;

describe("the UpdateShardCount ladder", () => {
  const steps: [from: number, to: number, next: number, calls: number][] = [
    [4, 8, 8, 1],
    [4, 9, 8, 2],
    [4, 64, 8, 4],
    [1, 5, 2, 3],
    [8, 4, 4, 1],
    [8, 3, 4, 2],
    [5, 1, 3, 3],
    [3, 1, 2, 2],
    [7, 7, 7, 0],
  ];
  for (const [from, to, next, calls] of steps) {
    it(`goes from ${from} towards ${to} by ${next}, in ${calls} calls`, () => {
      assert.equal(nextRung(from, to), next);
      assert.equal(rungs(from, to), calls);
    });
  }

  it("never asks for more than double or less than half of the open shards", () => {
    for (let from = 1; from <= 70; from++) {
      for (let to = 1; to <= 300; to++) {
        const next = nextRung(from, to);
        assert.ok(next <= 2 * from && 2 * next >= from, `${from} to ${to} by ${next}`);
      }
    }
  });

  it("counts an update for a rolling day and not longer than a minute more", () => {
    const state = { updates: withUpdate({}, start, 4) };
    assert.equal(updatesLeft(10, state, start), 9);
    assert.equal(updatesLeft(10, state, start + day), 9);
    assert.equal(updatesLeft(10, state, start + day + minute), 10);
    assert.deepEqual(recentUpdates(state, start + day + minute), []);
  });

  it("never has fewer than none left, even when updatesPerDay was lowered", () => {
    const state = { updates: [1, 2, 3].map((i): [number, number] => [start / minute - i, 4]) };
    assert.equal(updatesLeft(2, state, start), 0);
  });

  it("takes a refusal for the daily limit as spent for an hour, whatever it counted itself", () => {
    assert.equal(updatesLeft(10, { refusedAt: start }, start + 59 * minute), 0);
    assert.equal(updatesLeft(10, { refusedAt: start }, start + 60 * minute), 10);
  });

  it("remembers so many updates as the parameter holds", () => {
    const updates = Array.from({ length: 500 }, (): [number, number] => [start / minute, 8]);
    assert.equal(recentUpdates({ updates }, start).length, 120);
  });

  it("takes the largest stream of the last day as what must be reached again", () => {
    const state = { updates: [[start / minute - 1_500, 99] as [number, number], [start / minute - 60, 40] as [number, number]] };
    assert.equal(dayPeak(10, state, start), 40);
    assert.equal(dayPeak(50, state, start), 50);
  });

  const floors: [current: number, peak: number, left: number, floor: number][] = [
    [64, 64, 10, 2],
    [64, 64, 2, 32],
    [64, 64, 1, 64],
    [64, 64, 0, 64],
    [9, 9, 2, 5],
    [8, 64, 4, 8],
    [8, 64, 5, 4],
    [8, 20, 3, 5],
    [1, 1, 10, 1],
  ];
  for (const [current, peak, left, floor] of floors) {
    it(`scales in from ${current} to ${floor} at the least with ${left} updates left and a peak of ${peak}`, () => {
      assert.equal(scaleInFloor(current, peak, left), floor);
    });
  }

  it("can always climb back from the floor, and not from one below it", () => {
    for (let current = 1; current <= 40; current++) {
      for (let left = 0; left <= 10; left++) {
        const floor = scaleInFloor(current, current, left);
        if (floor < current) assert.ok(rungs(current, floor) + rungs(floor, current) <= left);
        if (floor > 1) assert.ok(rungs(current, floor - 1) + rungs(floor - 1, current) > left);
      }
    }
  });

  it("doesn't climb back to a peak that the count is above anyway", () => {
    assert.equal(scaleInFloor(16, 10, 1), 10, "the bound is lower than what is there: no call is set aside for the way back");
    assert.equal(scaleInFloor(16, 16, 1), 16);
    assert.equal(scaleInFloor(16, 16, 2), 8);
  });

  it("gives an update back that never began: the last one of its minute and count, and no other", () => {
    const now = start / minute;
    const updates: [number, number][] = [
      [now - 1, 8],
      [now, 8],
      [now, 8],
      [now, 9],
      [now + 1, 8],
    ];
    assert.deepEqual(withoutUpdate({ updates }, { at: start + 30_000, from: 8 }), [
      [now - 1, 8],
      [now, 8],
      [now, 9],
      [now + 1, 8],
    ]);
    assert.deepEqual(withoutUpdate({ updates }, { at: start, from: 7 }), updates);
    assert.deepEqual(withoutUpdate({}, { at: start, from: 8 }), []);
  });
});
