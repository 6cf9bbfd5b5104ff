process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
import { parseArgs } from "node:util";
import { runCommand } from "../sandbox/lastWords";
import type { Figure } from "./figure";

/** Loaded when they are asked for: one part's libraries must not weigh on another's figures. */
const parts: Readonly<Record<string, () => Promise<Figure[]>>> = {
  start: async () => (await import("./start")).startBench(),
  preview: async () => (await import("./preview")).previewBench(),
  package: async () => (await import("./sandbox")).packageBench(),
  speed: async () => (await import("./sandbox")).speedBench(),
  page: async () => (await import("./page")).pageBench(),
  scaler: async () => (await import("./scaler")).scalerBench(),
  producer: async () => (await import("./producer")).producerBench(),
  memory: async () => (await import("./sandbox")).memoryBench(),
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { json: { type: "boolean", default: false } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}; none named runs all.`);
    return 2;
  }
  const figures: Figure[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
    const measured = (await parts[name]?.()) ?? [];
    figures.push(...measured);
    if (!values.json) for (const figure of measured) console.log(row(figure));
  }
  if (values.json) console.log(JSON.stringify(figures));
  return figures.every(({ holds }) => holds) ? 0 : 1;
}

function row({ name, value, unit, goal, holds }: Figure): string {
  return `${name.padEnd(60)} ${String(value).padStart(10)} ${unit.padEnd(7)} ${goal && `${goal}: ${holds ? "holds" : "MISSED"}`}`.trimEnd();
}

runCommand(main);
