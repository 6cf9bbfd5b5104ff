import * as fs from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";
import { sections, table, type Row } from "../config/table";

/**
 * `npm run generate`: writes what says the same as config/table.ts, the keys in Pulumi.yaml, the table in docs/configuration.md and
 * that of the main keys in README.md.
 */
const root = path.join(__dirname, "..");

/** A file, and how its text is with the part that is generated. */
export const generated: Readonly<Record<string, (text: string) => string>> = {
  "Pulumi.yaml": (text) => `${text.slice(0, text.indexOf("\nconfig:\n"))}\nconfig:\n${pulumiKeys()}`,
  "docs/configuration.md": (text) => `${text.slice(0, text.indexOf("| key | type |"))}${configurationTable()}\n`,
  "README.md": (text) => betweenMarks(text, "main keys", mainKeysTable()),
};

/** What a team decides first. */
const mainKeys = [
  "recordsPerKpuPerMinute",
  ...["codeJar", "existingStream", "existingApplication"],
  ...["protect", "mode", "suspended"],
  ...["minShards", "maxShards", "minKpus", "maxKpus"],
  ...["policy", "scaleOutPercent", "targetPercent", "scaleInPercent", "scaleInMinutes", "streamScaling", "applicationScaling"],
  ...["alarmEmails", "callerArns", "pipelines"],
];

function typeOf({ fallback }: Row): string {
  if (Array.isArray(fallback)) return "array";
  return typeof fallback === "number" ? "integer" : typeof fallback;
}

/** Pulumi.yaml's `config` block: name, type, default and description of each key, with the sections as comments. */
function pulumiKeys(): string {
  const blocks = sections.map(([title, rows]) => {
    const keys = Object.entries(rows).map(([key, row]) => indented(stringify({ [key]: declaration(row) }, { lineWidth: 0 })));
    return `  # ${title}\n${keys.join("")}`;
  });
  return blocks.join("\n");
}

function declaration(row: Row): object {
  const type = typeOf(row);
  // Lists are declared with their elements' type.
  const items = type === "array" ? { items: { type: row === table["dashboardExtraWidgets"] ? "object" : "string" } } : {};
  return { type, ...items, default: row.fallback, description: row.description };
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

/** docs/configuration.md's table: one row a key. */
function configurationTable(): string {
  const rows = Object.entries(table).map(([key, row]) => [`\`${key}\``, typeOf(row), shown(row.fallback), row.description]);
  return markdownTable([["key", "type", "default", "meaning"], ...rows]);
}

/** @throws an Error for a name that isn't a key. */
function mainKeysTable(): string {
  const rows = mainKeys.map((key) => {
    const row = table[key];
    if (!row) throw new Error(`no key ${key}`);
    return [`\`${key}\``, shown(row.fallback), row.description];
  });
  return markdownTable([["key", "default", "meaning"], ...rows]);
}

/** @throws an Error where the text has no such marks. */
function betweenMarks(text: string, name: string, content: string): string {
  const [, before, after] = new RegExp(`^([^]*<!-- ${name}: .*-->\n)[^]*(<!-- end of ${name} -->[^]*)$`).exec(text) ?? [];
  if (before === undefined || after === undefined) throw new Error(`no marks around "${name}"`);
  return `${before}\n${content}\n\n${after}`;
}

function markdownTable([heads = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), `|${heads.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** Pulumi.yaml needs a default for each key: an empty text, and 0, stand for none. */
function shown(value: unknown): string {
  if (value === "" || value === 0) return "";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

if (require.main === module)
  for (const [file, write] of Object.entries(generated)) {
    const full = path.join(root, file);
    fs.writeFileSync(full, write(fs.readFileSync(full, "utf8")));
  }
