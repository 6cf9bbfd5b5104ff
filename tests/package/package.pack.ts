import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { installPackage } from "../support/installPackage";
import type { Deployed } from "./deployProgram";

const root = path.join(__dirname, "..", "..");
const work = path.join(root, ".cache", "package");
const installed = path.join(work, "node_modules", "sluice");
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: root, encoding: "utf8" });

/** A program's folder below `work`, which has the packed package and its dependencies in node_modules. */
function program(name: string, files: Record<string, string>): string {
  const folder = path.join(work, name);
  fs.mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), text);
  return folder;
}

function deploy(file: string, project: string, config: Record<string, string> = {}): Deployed {
  const script = path.join(__dirname, "deployProgram.ts");
  const flags = ["--disable-warning=ExperimentalWarning", "-r", "ts-node/register/transpile-only"];
  const out = run(process.execPath, ...flags, script, file, project, JSON.stringify(config));
  return JSON.parse(out.trim().split("\n").at(-1) ?? "") as Deployed;
}

const typeCheck = (folder: string) => run(path.join(root, "node_modules", ".bin", "tsc"), "--noEmit", "-p", folder);
const filesIn = (folder: string) =>
  fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));

describe("the package", function () {
  this.timeout(240_000);
  /** The Lambda's code as the repository's own program uploads it. */
  let code: Deployed["code"];

  before(() => {
    installPackage(work);
    const config = { "sluice:codeJar": "a.jar", "sluice:recordsPerKpuPerMinute": "30000" };
    ({ code } = deploy(path.join(root, "index.ts"), "sluice", config));
    assert.deepEqual(code.files, ["__index.js"]);
  });

  it("holds built JavaScript, its types and the pages that it names, and nothing else", () => {
    const files = filesIn(installed).filter((file) => fs.statSync(path.join(installed, file)).isFile());
    const others = files.filter(
      (file) =>
        !/^dist\/((components|config|scaler)\/.*|index|config)\.(d\.ts|js)$|^dist\/(index|config)\.(d\.ts|js)$/.test(file),
    );
    assert.deepEqual(others.sort(), [
      "LICENSE",
      "README.md",
      "docs/configuration.md",
      "docs/runbook.md",
      "docs/scaler.md",
      "package.json",
      // npm packs whatever `main` names: for Pulumi's plugin runner, which reads TypeScript in a clone; Node takes `exports`.
      "plugin.js",
    ]);
    assert.ok(files.includes("dist/components/index.js") && files.includes("dist/components/index.d.ts"));
  });

  it("needs at run time what its dependencies are", () => {
    const { dependencies } = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8")) as {
      dependencies: object;
    };
    const needed = filesIn(path.join(installed, "dist"))
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => [...fs.readFileSync(path.join(installed, "dist", file), "utf8").matchAll(/require\("([^".][^"]*)"\)/g)])
      .map(([, name = ""]) =>
        name
          .split("/")
          .slice(0, name.startsWith("@") ? 2 : 1)
          .join("/"),
      )
      .filter((name) => !name.startsWith("node:") && !name.startsWith("@aws-sdk/"));
    for (const name of new Set(needed)) assert.ok(name in dependencies, name);
  });

  const inCode = 'new Pipeline("orders", { application: { codeJar: "orders.jar", recordsPerKpuPerMinute: 30_000 } })';

  it("builds a pipeline in an empty TypeScript project with options of its own", () => {
    const compilerOptions = {
      target: "es2021",
      module: "node16",
      moduleResolution: "node16",
      strict: true,
      exactOptionalPropertyTypes: true,
    };
    const folder = program("typescript", {
      "package.json": "{}",
      "tsconfig.json": JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true }, files: ["index.ts"] }),
      "index.ts": `import { Pipeline } from "sluice";\nconst orders = ${inCode};\nexport const { streamName, applicationName } = orders;\n`,
    });
    typeCheck(folder);
    const deployed = deploy(path.join(folder, "index.ts"), "orders");
    assert.deepEqual([deployed.code, deployed.application, deployed.shards], [code, { status: "RUNNING", kpus: 8 }, 8]);
  });

  it("builds a pipeline in an empty JavaScript project", () => {
    const text = `const { Pipeline } = require("sluice");\nconst orders = ${inCode};\nexports.streamName = orders.streamName;\nexports.applicationName = orders.applicationName;\n`;
    const folder = program("javascript", { "package.json": "{}", "index.js": text });
    const deployed = deploy(path.join(folder, "index.js"), "orders");
    assert.deepEqual([deployed.code, deployed.application.status], [code, "RUNNING"]);
  });

  it("refuses wrong arguments with TypeScript, and without it with a sentence", () => {
    const folder = program("wrong", {
      "package.json": "{}",
      "tsconfig.json": JSON.stringify({
        compilerOptions: { strict: true, skipLibCheck: true, module: "commonjs" },
        files: ["index.ts"],
      }),
      "index.ts": 'import { Pipeline } from "sluice";\nnew Pipeline("orders", { application: { codeJar: "a.jar" } });\n',
    });
    assert.throws(
      () => typeCheck(folder),
      ({ stdout }: { stdout: string }) => /recordsPerKpuPerMinute' is missing/.test(stdout),
    );
    assert.throws(
      () => deploy(path.join(folder, "index.ts"), "orders"),
      ({ message }: Error) =>
        /Pipeline orders has 1 problem:\n {2}application\.recordsPerKpuPerMinute = \(not set\)/.test(message),
    );
  });

  it("has the program whole, for those who want the stack as it is", () => {
    const folder = program("program", { "package.json": "{}", "index.js": 'module.exports = require("sluice/program");\n' });
    const config = { "sluice:codeJar": "a.jar", "sluice:recordsPerKpuPerMinute": "30000", "sluice:shards": "4" };
    const deployed = deploy(path.join(folder, "index.js"), "mine", config);
    assert.deepEqual([deployed.code, deployed.shards, deployed.outputs["streamName"]], [code, 4, "sluice-dev"]);
  });

  for (const example of ["minimal", "adopt", "two-pipelines"])
    it(`runs examples/${example}: types, a deployment, and ten minutes in which nothing fails`, () => {
      const folder = path.join(work, "examples", example);
      fs.cpSync(path.join(root, "examples", example), folder, { recursive: true });
      const { name } = parse(fs.readFileSync(path.join(folder, "Pulumi.yaml"), "utf8")) as { name: string };
      assert.equal(name, example);
      typeCheck(folder);
      const deployed = deploy(path.join(folder, "index.ts"), example);
      assert.deepEqual([deployed.code, deployed.errors, deployed.application.status], [code, [], "RUNNING"]);
    });
});
