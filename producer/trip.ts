import { parseTime, shown } from "../sandbox/traffic/traceLine";

/** A line of trips, or one that was made. */
export interface Trip {
  partitionKey: string;
  /** When it began, ms since the epoch: the record's event time. */
  pickup: number;
  /** As it is sent. */
  data: Uint8Array;
}

type Fields = Record<string, unknown>;

/** A trip's line of JSON, unchanged. @returns what is wrong with it otherwise. */
export function parseTrip(line: Buffer): Trip | string {
  const fields = parsed(line.toString("utf8"));
  if (typeof fields === "string") return fields;
  const area = fields["pickup_location_id"];
  if (!Number.isSafeInteger(area)) return `pickup_location_id must be a whole number, got ${valueShown(area)}`;
  const pickup = timeOf(fields, "pickup_datetime");
  if (typeof pickup === "string") return pickup;
  const dropoff = (fields["dropoff_datetime"] ?? undefined) === undefined ? pickup : timeOf(fields, "dropoff_datetime");
  return typeof dropoff === "string" ? dropoff : { partitionKey: String(area), pickup, data: line };
}

/** The same trip as if it had begun at `pickup`: it takes as long as it took. */
export function shifted(trip: Trip, pickup: number): Trip {
  const fields = JSON.parse(Buffer.from(trip.data).toString("utf8")) as Fields;
  const dropoff = timeOf(fields, "dropoff_datetime");
  const times = {
    pickup_datetime: iso(pickup),
    ...(typeof dropoff === "number" && { dropoff_datetime: iso(dropoff + pickup - trip.pickup) }),
  };
  return { partitionKey: trip.partitionKey, pickup, data: Buffer.from(JSON.stringify({ ...fields, ...times })) };
}

/** The taxi zones of New York are numbered from 1 to this. */
const areas = 263;

/** A trip that nobody took, with the fields of those that somebody did: areas are all alike. */
export function madeTrip(id: number, pickup: number, random: () => number): Trip {
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  const area = upTo(areas);
  const minutes = 2 + random() * 38;
  const miles = minutes * (0.1 + random() * 0.3);
  const fields = {
    type: "green",
    vendor_id: upTo(2),
    pickup_datetime: iso(pickup),
    dropoff_datetime: iso(pickup + minutes * 60_000),
    pickup_location_id: area,
    dropoff_location_id: upTo(areas),
    passenger_count: upTo(6),
    trip_distance: Number(miles.toFixed(2)),
    total_amount: Number((3 + miles * 2.5).toFixed(2)),
    trip_id: id,
  };
  return { partitionKey: String(area), pickup, data: Buffer.from(JSON.stringify(fields)) };
}

const iso = (time: number) => new Date(time).toISOString();

function parsed(text: string): Fields | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `not JSON: ${shown(text)}`;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  return `not a JSON object: ${shown(text)}`;
}

function timeOf(fields: Fields, name: string): number | string {
  const value = fields[name];
  if (typeof value !== "string") return `${name} must be a time, got ${valueShown(value)}`;
  const time = parseTime(value);
  return typeof time === "number" ? time : `${name}: ${time}`;
}

const valueShown = (value: unknown) => (value === undefined ? "nothing" : shown(JSON.stringify(value)));
