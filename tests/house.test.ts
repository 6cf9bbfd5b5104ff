import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

const root = path.join(__dirname, "..");

/**
 * Which rooms, or files of them, a room may import from besides itself: the table in CONTRIBUTING.md. What isn't listed there isn't
 * a room.
 */
const mayImport = houseTable(fs.readFileSync(path.join(root, "CONTRIBUTING.md"), "utf8"));

/** Packages that a room must not import. */
const forbiddenPackages: Record<string, RegExp> = {
  scaler: /^@pulumi\/|^zod$|^typescript$/,
  components: /^@aws-sdk\//,
};

interface Import {
  from: string;
  to: string;
}

describe("the house", () => {
  const files = sourceFiles(root);
  const imports = files.flatMap(importsOf);

  it("has the rooms that this test knows", () => {
    const rooms = new Set(files.map(roomOf));
    for (const room of rooms) assert.ok(room in mayImport, `${room} is a new room: say in CONTRIBUTING.md what it may import`);
    for (const room of Object.keys(mayImport)) assert.ok(rooms.has(room), `${room} stands in CONTRIBUTING.md and isn't there`);
  });

  it("imports in one direction only", () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!to.startsWith(root)) return false;
      return roomOf(from) !== roomOf(to) && !(mayImport[roomOf(from)] ?? []).some((entry) => isIn(to, entry));
    });
    assert.deepEqual(wrong.map(arrow), []);
  });

  it("keeps Pulumi out of the scaler and AWS clients out of the components", () => {
    const wrong = imports.filter(({ from, to }) => forbiddenPackages[nameOf(from).split("/")[0] ?? ""]?.test(to));
    assert.deepEqual(wrong.map(arrow), []);
  });

  it("keeps decisions pure: nothing but types comes into scaler/decide", () => {
    const deciding = files.filter((file) => roomOf(file) === "scaler/decide");
    assert.ok(deciding.length > 5);
    const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, isolatedModules: true };
    const needed = deciding.flatMap((file) => {
      const { outputText } = ts.transpileModule(fs.readFileSync(file, "utf8"), { compilerOptions: options });
      return importedBy(file, outputText);
    });
    assert.deepEqual(needed.filter(({ to }) => roomOf(to) !== "scaler/decide").map(arrow), []);
  });

  it("has no cycles", () => {
    assert.deepEqual(
      findCycle(files, imports).map((file) => path.relative(root, file)),
      [],
    );
  });

  it("keeps files to one idea: at most 350 lines", () => {
    const long = files.filter((file) => fs.readFileSync(file, "utf8").split("\n").length > 350);
    assert.deepEqual(
      long.map((file) => path.relative(root, file)),
      [],
    );
  });
});

/** The rows of the rooms with code that ships: name, and what stands in backticks in the last column. */
function houseTable(text: string): Record<string, string[]> {
  const [, table = ""] = text.split("| room |");
  const rows = table.split("\n").slice(2);
  const end = rows.findIndex((row) => !row.startsWith("|"));
  const entries = rows.slice(0, end).flatMap((row) => {
    const [, names = "", , imported = ""] = row.split("|");
    return quoted(names).map((name) => [name.replace(/\/$|\.ts$/, ""), quoted(imported)] as const);
  });
  return Object.fromEntries(entries.filter(([room]) => room !== "tests"));
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}

/** @param entry a room with all that is in it, or a file without its extension. */
function isIn(file: string, entry: string): boolean {
  return nameOf(file) === entry || nameOf(file).startsWith(`${entry}/`);
}

function sourceFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory())
      return ["node_modules", "tests", ".git", ".cache", "coverage", "dist", "examples"].includes(entry.name)
        ? []
        : sourceFiles(full);
    // The tools' own configuration isn't the project's code.
    const code = folder === root ? /\.ts$/ : /\.(ts|mjs|js)$/;
    return code.test(entry.name) && !entry.name.endsWith(".d.ts") ? [full] : [];
  });
}

/** Imports and requires with a constant name; type-only imports count too: they tie files together for the reader. */
function importsOf(file: string): Import[] {
  return importedBy(file, fs.readFileSync(file, "utf8"));
}

function importedBy(file: string, text: string): Import[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const code = importedFiles.filter(({ fileName }) => !fileName.endsWith(".json"));
  return code.map(({ fileName }) => ({ from: file, to: fileName.startsWith(".") ? resolve(file, fileName) : fileName }));
}

function resolve(from: string, name: string): string {
  const base = path.resolve(path.dirname(from), name);
  return (
    [`${base}.ts`, path.join(base, "index.ts"), base].find((file) => fs.existsSync(file) && fs.statSync(file).isFile()) ?? base
  );
}

/** A file's path in the project, without its extension. */
function nameOf(file: string): string {
  return path.relative(root, file).split(path.sep).join("/").replace(/\.ts$/, "");
}

/** The first folder; in a room that has rooms of its own, the second one. */
function roomOf(file: string): string {
  const [room = "", inner, ...rest] = nameOf(file).split("/");
  const divided = Object.keys(mayImport).some((other) => other.startsWith(`${room}/`));
  return divided && rest.length > 0 ? `${room}/${inner}` : room;
}

function arrow({ from, to }: Import): string {
  return `${path.relative(root, from)} -> ${to.startsWith(root) ? path.relative(root, to) : to}`;
}

function findCycle(files: string[], imports: Import[]): string[] {
  const targets = new Map(files.map((file) => [file, imports.filter((i) => i.from === file).map((i) => i.to)]));
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const target of targets.get(file) ?? []) {
      const cycle = visit(target, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
