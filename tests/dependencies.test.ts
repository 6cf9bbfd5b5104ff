import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import { builtinModules } from "node:module";
import * as path from "node:path";
import * as ts from "typescript";

const root = path.join(__dirname, "..");

/** Pulumi loads index.ts with these; with TypeScript it also turns the scaler into text. */
const loaders = ["ts-node", "typescript"];

/** What a module requires when it runs, lazily or not; types are gone by then. */
function required(file: string): string[] {
  if (!file.endsWith(".ts")) return [];
  const { outputText } = ts.transpileModule(fs.readFileSync(file, "utf8"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  return [...outputText.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name);
}

/** Packages that are required from `entry` on. What the scaler imports inside its functions is there in Lambda's runtime. */
function packagesFrom(entry: string): string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const name of required(file)) {
      if (name.startsWith(".")) visit(require.resolve(path.resolve(path.dirname(file), name)));
      else if (!name.startsWith("node:") && !builtinModules.includes(name)) packages.add(packageName(name));
    }
  };
  visit(entry);
  assert.ok(seen.size > 60, `${seen.size} modules`);
  return [...packages].filter((name) => !name.startsWith("@aws-sdk/"));
}

const packageName = (name: string) =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

describe("package.json", () => {
  it("has as dependencies what pulumi up needs, and no more: npm ci --omit=dev is enough", () => {
    const { dependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    assert.deepEqual(Object.keys(dependencies).sort(), [...packagesFrom(path.join(root, "index.ts")), ...loaders].sort());
  });
});
