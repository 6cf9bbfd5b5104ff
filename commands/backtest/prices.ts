import * as fs from "node:fs";
import { pricesByRegion, usEast1, type Prices } from "../../components/prices";
import { inputError } from "../../sandbox/inputError";

/**
 * @param asked a region, or a JSON file that says what differs from us-east-1's prices; undefined: the stack's region.
 * @throws InputError: no such region, a file that can't be read.
 */
export function pricesFor(asked: string | undefined, stackRegion: string): Prices {
  const region = asked ?? stackRegion;
  if (Object.hasOwn(pricesByRegion, region)) return pricesByRegion[region]!;
  if (asked !== undefined && fs.existsSync(asked)) return fromFile(asked);
  const known = Object.keys(pricesByRegion).join(", ");
  throw inputError(
    "PricesError",
    `No prices are known for ${region}; there are those of ${known}. Say --prices ${Object.keys(pricesByRegion)[0]}, or --prices FILE with ` +
      `your own: {"shardHour": 0.018, "kpuHour": 0.12}.`,
  );
}

function fromFile(file: string): Prices {
  const wrong = (why: string) => inputError("PricesError", `${file}: ${why}`);
  let given: unknown;
  try {
    given = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw wrong(`prices are JSON: ${(error as Error).message}`);
  }
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw wrong('prices are an object: {"shardHour": 0.018}');
  const names = Object.keys(usEast1).filter((name) => typeof usEast1[name as keyof Prices] === "number");
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name)) throw wrong(`"${name}" is no price; there are ${names.join(", ")}`);
    if (typeof value !== "number" || !(value >= 0)) throw wrong(`"${name}" must be a number of at least 0 (USD)`);
  }
  return { ...usEast1, ...given };
}
