import { strict as assert } from "node:assert";
import { madeTrip, parseTrip, shifted } from "../../producer/trip";
import { seededRandom } from "../../sandbox/core/random";

const fields = {
  type: "green",
  pickup_datetime: "2020-10-05T04:00:45.000Z",
  dropoff_datetime: "2020-10-05T04:07:59.000Z",
  pickup_location_id: 129,
  total_amount: 10.56,
};
const lineOf = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const fieldsOf = ({ data }: { data: Uint8Array }) => JSON.parse(Buffer.from(data).toString("utf8")) as Record<string, unknown>;

function trip(value: unknown) {
  const parsed = parseTrip(lineOf(value));
  return typeof parsed === "string" ? assert.fail(parsed) : parsed;
}

describe("a trip", () => {
  it("has its area as the partition key and its pickup as the event time, and is sent as it was written", () => {
    const line = lineOf(' {"pickup_location_id": 7,  "pickup_datetime":"2020-10-05T06:00:45+02:00", "fare": 1.50}');
    assert.deepEqual(parseTrip(line), { partitionKey: "7", pickup: Date.UTC(2020, 9, 5, 4, 0, 45), data: line });
  });

  const bad: [string, unknown, RegExp][] = [
    ["no JSON", "{", /^not JSON: "\{"$/],
    ["no object", "[1]", /^not a JSON object: "\[1\]"$/],
    ["null", "null", /^not a JSON object/],
    ["no area", { ...fields, pickup_location_id: undefined }, /^pickup_location_id must be a whole number, got nothing$/],
    ["an area in words", { ...fields, pickup_location_id: "129" }, /^pickup_location_id must be a whole number, got "\\?"129/],
    ["no pickup", { ...fields, pickup_datetime: null }, /^pickup_datetime must be a time, got "null"$/],
    ["a pickup that is no time", { ...fields, pickup_datetime: "yesterday" }, /^pickup_datetime: invalid time "yesterday"/],
    ["a dropoff that is no time", { ...fields, dropoff_datetime: "2020-13-05T00:00:00Z" }, /^dropoff_datetime: invalid time/],
  ];
  for (const [what, value, reason] of bad) {
    it(`is refused with the reason: ${what}`, () => assert.match(String(parseTrip(lineOf(value))), reason));
  }

  it("can begin at another time, and takes as long as it took", () => {
    const moved = shifted(trip(fields), Date.UTC(2026, 0, 5, 12));
    assert.deepEqual(fieldsOf(moved), {
      ...fields,
      pickup_datetime: "2026-01-05T12:00:00.000Z",
      dropoff_datetime: "2026-01-05T12:07:14.000Z",
    });
    assert.deepEqual([moved.partitionKey, moved.pickup], ["129", Date.UTC(2026, 0, 5, 12)]);
    const { dropoff_datetime: _, ...unfinished } = fields;
    assert.deepEqual(Object.keys(fieldsOf(shifted(trip(unfinished), 0))), Object.keys(unfinished));
  });

  it("can be made: a trip as a file has them, the same by the same seed", () => {
    const made = (seed: number) => {
      const { next } = seededRandom(seed);
      return Array.from({ length: 200 }, (_, i) => madeTrip(i + 1, Date.UTC(2026, 0, 5), next));
    };
    const trips = made(1);
    assert.deepEqual(trips, made(1));
    assert.notDeepEqual(trips, made(2));
    for (const one of trips) assert.deepEqual(parseTrip(Buffer.from(one.data)), one);
    assert.ok(new Set(trips.map(({ partitionKey }) => partitionKey)).size > 100);
  });
});
