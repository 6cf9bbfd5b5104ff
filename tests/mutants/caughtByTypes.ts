import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { root } from "./targets";

/** Tells whether the type checker (`npm run lint`) refuses a file with this text in it: it, or a file that imports it. */
export function typeChecker(files: readonly string[]): (file: string, text: string) => boolean {
  const full = (file: string) => path.join(root, file);
  const { options } = ts.convertCompilerOptionsFromJson(
    (JSON.parse(fs.readFileSync(full("tsconfig.json"), "utf8")) as { compilerOptions: object }).compilerOptions,
    root,
  );
  const changed = new Map<string, { text: string; version: number }>();
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => files.map(full),
    getScriptVersion: (name) => String(changed.get(name)?.version ?? 0),
    getScriptSnapshot: (name) => {
      const text = changed.get(name)?.text ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (from) => ts.getDefaultLibFilePath(from),
    ...{ fileExists: ts.sys.fileExists, readFile: ts.sys.readFile, directoryExists: ts.sys.directoryExists },
  });
  const set = (name: string, text: string) => changed.set(name, { text, version: (changed.get(name)?.version ?? 0) + 1 });
  const wrong = (name: string) => service.getSemanticDiagnostics(name).length + service.getSyntacticDiagnostics(name).length > 0;
  const importers = (name: string) =>
    files.map(full).filter((other) => {
      const { importedFiles } = ts.preProcessFile(ts.sys.readFile(other) ?? "");
      return importedFiles.some(
        ({ fileName }) => fileName.startsWith(".") && path.resolve(other, "..", `${fileName}.ts`) === name,
      );
    });
  return (file, text) => {
    const name = full(file);
    const original = ts.sys.readFile(name) ?? "";
    set(name, text);
    const refused = [name, ...importers(name)].some(wrong);
    set(name, original);
    return refused;
  };
}
