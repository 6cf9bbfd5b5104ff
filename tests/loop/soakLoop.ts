import * as fs from "node:fs";
import * as path from "node:path";
import { playEpisodesAll } from "./parallel";
import type { LoopBatch } from "./worker";

const batchSize = 50;
const resultFile = path.join(__dirname, "..", "..", ".cache", "soak-loop.json");

/** `npm run test:soak -- --loop 5000`: episodes of the whole loop, every tenth batch of production. */
export async function soakLoop(count: number, seed: number): Promise<number> {
  const begin = performance.now();
  const seconds = () => Math.round((performance.now() - begin) / 1_000);
  const batches = Array.from({ length: Math.ceil(count / batchSize) }, (_, i): LoopBatch => {
    const episodes = Math.min(batchSize, count - i * batchSize);
    return { seed: seed + i, count: episodes, stack: i % 10 === 9 ? "prod" : "dev" };
  });
  const { played, failures } = await playEpisodesAll(batches, (all, news) => {
    for (const { stack, index, seed: of, broken } of news) {
      const [first] = broken.map(({ rule, minute, what }) => `${rule} in minute ${minute}: ${what}`);
      console.error(`${stack} episode ${index} of seed ${of}: ${first}`);
    }
    console.error(`${all} of ${count} episodes, ${seconds()} s`);
  });
  const result = { seed, episodes: played, broken: failures.length, seconds: seconds(), failures: failures.slice(0, 10) };
  fs.mkdirSync(path.dirname(resultFile), { recursive: true });
  fs.writeFileSync(resultFile, `${JSON.stringify(result)}\n`);
  console.log(JSON.stringify(result));
  return failures.length > 0 ? 1 : 0;
}
