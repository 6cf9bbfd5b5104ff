import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

interface ConfigKey {
  type: string;
  default?: unknown;
  description: string;
}

/** docs/configuration.md's table, from the schema in Pulumi.yaml: one row a key, in the file's order. */
export function configurationTable(pulumiYaml: string): string {
  const { config } = parse(pulumiYaml) as { config: Record<string, ConfigKey> };
  const rows = Object.entries(config).map(
    ([key, entry]) => `| \`${key}\` | ${entry.type} | ${shown(entry.default)} | ${cell(entry.description)} |`,
  );
  return ["| key | type | default | meaning |", "|---|---|---|---|", ...rows].join("\n");
}

function shown(value: unknown): string {
  if (value === undefined || value === "") return "";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

if (require.main === module) console.log(configurationTable(fs.readFileSync(path.join(__dirname, "..", "Pulumi.yaml"), "utf8")));
