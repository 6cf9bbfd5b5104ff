import { createHash } from "node:crypto";
import program = require("../../index");
import { record, resource } from "./recorder";

/** Runs the program with what is installed and prints how many resources it registers and what the Lambda's code is. */
async function main(): Promise<void> {
  const recording = await record(program, { "sluice:codeJar": "job.jar", "sluice:recordsPerKpuPerMinute": 30_000 });
  const { inputs } = resource(recording, "aws:lambda/function:Function");
  const assets = await (inputs["code"] as { assets: Promise<Record<string, { text: Promise<string> }>> }).assets;
  const text = await assets["__index.js"]!.text;
  const hash = createHash("sha256").update(text).digest("hex");
  console.log(`${recording.resources.length} resources; code ${Object.keys(assets).join()}, ${hash}`);
}

void main();
