import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import * as vm from "node:vm";
import type { Handle } from "./scalerWorld";

const folder = path.join(__dirname, "..", "..", "scaler");
type Run = (exports: object, require: (name: string) => object, module: object) => void;

/** Files without edits. What V8 has learned of them the next scaler of this process begins with. */
const compiled = new Map<string, Run>();

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
    const own = edits.filter(({ file }) => file === `${name}.ts`);
    const run = compile(name, own);
    run(
      module.exports,
      (wanted) => (wanted.startsWith(".") ? load(path.join(name, "..", wanted)) : (require(wanted) as object)),
      module,
    );
    return module.exports;
  };
  return (load("handler") as { handle: Handle }).handle;
}

function compile(name: string, edits: readonly Edit[]): Run {
  const known = edits.length === 0 ? compiled.get(name) : undefined;
  const run = known ?? compileText(name, textOf(name, edits));
  if (edits.length === 0) compiled.set(name, run);
  return run;
}

function compileText(name: string, text: string): Run {
  return vm.compileFunction(text, ["exports", "require", "module"], { filename: `${name}.edited.js` }) as Run;
}

function textOf(name: string, edits: readonly Edit[]): string {
  let source = fs.readFileSync(path.join(folder, `${name}.ts`), "utf8");
  for (const { from, to, file } of edits) {
    assert.equal(source.split(from).length, 2, `${file} must hold this text exactly once, for the mutant to replace it: ${from}`);
    source = source.replace(from, () => to);
  }
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, isolatedModules: true };
  return ts.transpileModule(source, { compilerOptions: options }).outputText;
}
