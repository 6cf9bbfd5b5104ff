// Source: the sandbox's own
import { strict as assert } from "node:assert";
import { RecentMinutes } from "../../../../sandbox/services/cloudwatch/recentMinutes";
import { StatisticKind } from "../../../../sandbox/services/cloudwatch/statistic";

const first = 1_000;
/** Rows, minutes and sums that are handed on when `minute` has to be held, too. */
const handedOn = (recent: RecentMinutes, minute: number) => {
  const found: number[][] = [];
  recent.moveTo(minute, (row, at, sum) => void found.push([row, at, sum]));
  return found;
};

describe("the newest minutes of all metrics", () => {
  it("are 64, and move on by 32 when a later one must be held", () => {
    const recent = new RecentMinutes(first);
    for (const minute of [first, first + 31, first + 32, first + 63]) recent.insert(3, minute, minute, 1, 1, 1);
    assert.deepEqual(handedOn(recent, first + 63), []);
    assert.deepEqual(handedOn(recent, first + 64), [
      [3, first, first],
      [3, first + 31, first + 31],
    ]);
    assert.deepEqual(
      [first + 31, first + 32, first + 95, first + 96].map((minute) => recent.has(minute)),
      [false, true, true, false],
    );
    assert.equal(recent.value(3, first + 32, StatisticKind.Sum), first + 32);
    assert.ok(Number.isNaN(recent.value(3, first + 64, StatisticKind.Sum)), "the place of a minute handed on is empty");
  });

  it("hand everything on, once and in order, when time jumps", () => {
    const recent = new RecentMinutes(first);
    for (const minute of [first + 5, first + 40]) recent.insert(0, minute, minute, 1, 1, 1);
    assert.deepEqual(handedOn(recent, first + 100_000), [
      [0, first + 5, first + 5],
      [0, first + 40, first + 40],
    ]);
    assert.ok(recent.has(first + 100_000));
    assert.deepEqual(handedOn(recent, first + 200_000), []);
  });

  it("keep what they hold when there are more rows", () => {
    const recent = new RecentMinutes(first);
    for (const minute of [first, first + 20, first + 63]) recent.insert(255, minute, minute, 1, 1, 1);
    recent.makeRoom(256);
    recent.makeRoom(3_000);
    for (const minute of [first, first + 20, first + 63]) assert.equal(recent.value(255, minute, StatisticKind.Sum), minute);
    recent.insert(3_000, first, 8, 2, 6, 2);
    assert.equal(recent.value(3_000, first, StatisticKind.Average), 4);
    assert.ok(Number.isNaN(recent.value(2_999, first, StatisticKind.Sum)));
  });
});
