import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import * as vm from "node:vm";
import type { Handle } from "./scalerWorld";

const folder = path.join(__dirname, "..", "..", "scaler");
const compiled = new Map<string, string>();

/** A change to the scaler's text before it runs. Each text must occur exactly once. */
export interface Edit {
  file: string;
  from: string;
  to: string;
}

/** The scaler compiled from its files, with these edits: a module graph of its own, nothing of the project's is touched. */
export function loadScaler(edits: readonly Edit[]): Handle {
  const modules = new Map<string, { exports: object }>();
  const load = (name: string): object => {
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const run = vm.compileFunction(textOf(name, edits), ["exports", "require", "module"], { filename: `${name}.edited.js` });
    run(
      module.exports,
      (wanted: string) => (wanted.startsWith(".") ? load(path.join(name, "..", wanted)) : (require(wanted) as object)),
      module,
    );
    return module.exports;
  };
  return (load("handler") as { handle: Handle }).handle;
}

function textOf(name: string, edits: readonly Edit[]): string {
  const own = edits.filter(({ file }) => file === `${name}.ts`);
  const kept = own.length === 0 ? compiled.get(name) : undefined;
  if (kept !== undefined) return kept;
  let source = fs.readFileSync(path.join(folder, `${name}.ts`), "utf8");
  for (const { from, to, file } of own) {
    assert.equal(source.split(from).length, 2, `${file} must hold this text exactly once, for the mutant to replace it: ${from}`);
    source = source.replace(from, () => to);
  }
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, isolatedModules: true };
  const text = ts.transpileModule(source, { compilerOptions: options }).outputText;
  if (own.length === 0) compiled.set(name, text);
  return text;
}
