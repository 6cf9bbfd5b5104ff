import { spawn } from "node:child_process";
import * as path from "node:path";
import { atMost, median, plainFigure, type Figure } from "./figure";

const root = path.join(__dirname, "..");
const runs = 3;

/** From the command to the first simulated minute, as a newcomer waits for it. */
export async function startBench(): Promise<Figure[]> {
  const times: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < runs; run++) {
    times.push(await seconds(["npm", "start", "--silent", "--", "--headless", "--speed", "max", "--until", "1m"]));
    bare.push(await seconds(["npm", "exec", "--silent", "--", "node", "-e", "0"]));
  }
  return [
    atMost("npm start: first simulated minute", median(times), "s", 5),
    plainFigure("npm start: as a multiple of npm starting an empty program", median(times) / median(bare), "x"),
  ];
}

function seconds([command = "", ...args]: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0
        ? resolve((performance.now() - begin) / 1000)
        : reject(new Error(`${command} ${args.join(" ")} exited with ${code}`)),
    );
  });
}
