import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { inputError } from "../../../sandbox/inputError";
import { runCommand } from "../../../sandbox/lastWords";
import { soakLoop } from "../../loop/soakLoop";
import { batchesOf } from "../../support/workers";
import { playAll } from "./parallel";
import type { Failure } from "./worker";

const batchSize = 250;
const resultFile = path.join(__dirname, "..", "..", "..", ".cache", "soak.json");

/** What `npm run bench` shows of the last soak test. */
export interface SoakResult {
  seed: number;
  /** The seed of the last batch: batches of 250 scenarios have seeds that follow each other. */
  lastSeed: number;
  runs: number;
  broken: number;
  seconds: number;
  failures: Failure[];
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { runs: { type: "string", default: "100000" }, seed: { type: "string", default: "1" }, loop: { type: "string" } },
  });
  const runs = wholeNumber("runs", values.runs, 1, 100_000_000);
  const seed = wholeNumber("seed", values.seed, 0, 2 ** 31 - 1);
  if (values.loop !== undefined) return soakLoop(wholeNumber("loop", values.loop, 1, 1_000_000), seed);
  const begin = performance.now();
  const seconds = () => Math.round((performance.now() - begin) / 1_000);
  // Every second batch is of what nobody meant to happen.
  const batches = batchesOf(runs, seed, batchSize).map((batch, i) => ({ hostile: i % 2 === 1, ...batch }));
  let shown = 0;
  const { played, failures } = await playAll(batches, (all, { failures: news }) => {
    for (const failure of news) console.error(described(failure));
    if (seconds() < shown + 10) return;
    shown = seconds();
    console.error(`${all.played} of ${runs} scenarios, ${all.failures.length} broke a rule, ${shown} s`);
  });
  const result: SoakResult = {
    ...{ seed, lastSeed: batches.at(-1)?.seed ?? seed, runs: played, broken: failures.length, seconds: seconds() },
    failures: failures.slice(0, 10),
  };
  fs.mkdirSync(path.dirname(resultFile), { recursive: true });
  fs.writeFileSync(resultFile, `${JSON.stringify(result)}\n`);
  console.log(JSON.stringify(result));
  return failures.length > 0 ? 1 : 0;
}

function described({ seed, index, broken, hostile }: Failure): string {
  const [first] = broken.map(({ rule, minute, what }) => `${rule} in minute ${minute}: ${what}`);
  return `${hostile ? "hostile scenario" : "scenario"} ${index} of seed ${seed}: ${first}`;
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw inputError("OptionsError", `--${name} must be a whole number from ${min} to ${max}, got "${text}"`);
}

runCommand(main);
