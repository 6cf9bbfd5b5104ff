import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("the fast compiler of npm start", () => {
  it("gives the scaler the same text, to the letter, as TypeScript under ts-node, which pulumi up uses", () => {
    const [fast, slow] = ["./sandbox/register.js", "ts-node/register/transpile-only"].map((compiler) =>
      execFileSync(process.execPath, ["-r", compiler, "tests/support/printScalerText.ts"], {
        cwd: root,
        encoding: "utf8",
        maxBuffer: 1e7,
      }),
    );
    assert.ok(fast?.includes("UpdateShardCount"));
    assert.equal(sha256(fast!), sha256(slow!));
  }).timeout(60_000);
});

describe("what npm start compiled before", () => {
  let project: string;
  const at = (...names: string[]) => path.join(project, ...names);
  const says = () =>
    execFileSync(process.execPath, ["-r", "./sandbox/register.js", "main.ts"], { cwd: project, encoding: "utf8" }).trim();
  const write = (name: string, word: string) => fs.writeFileSync(at(name), `export const word: string = "${word}";\n`);

  beforeEach(() => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), "compiled-"));
    for (const folder of ["sandbox", "scaler"]) fs.mkdirSync(at(folder));
    for (const name of ["sandbox/register.js", "tsconfig.json"]) fs.copyFileSync(path.join(root, name), at(name));
    fs.symlinkSync(path.join(root, "node_modules"), at("node_modules"));
    const words = `import { word } from "./words";\nimport { word as other } from "./scaler/words";\nconsole.log(word, other);\n`;
    fs.writeFileSync(at("main.ts"), words);
    write("words.ts", "one");
    write("scaler/words.ts", "two");
  });

  afterEach(() => fs.rmSync(project, { recursive: true }));

  it("is taken as long as nothing has changed", () => {
    assert.equal(says(), "one two");
    const kept = at(".cache", "compiled", "scaler", "words.ts.js");
    fs.writeFileSync(kept, fs.readFileSync(kept, "utf8").replace("two", "kept"));
    assert.equal(says(), "one kept");
  });

  it("is compiled again when a source has changed, or a compiler", () => {
    says();
    write("words.ts", "three");
    assert.equal(says(), "three two");
    const kept = at(".cache", "compiled", "scaler", "words.ts.js");
    fs.writeFileSync(kept, fs.readFileSync(kept, "utf8").replace("two", "kept"));
    fs.appendFileSync(at("sandbox", "register.js"), "// Another compiler.\n");
    assert.equal(says(), "three two");
  });

  it("is compiled again when half of it was written", () => {
    says();
    const kept = at(".cache", "compiled", "words.ts.js");
    fs.truncateSync(kept, fs.statSync(kept).size - 10);
    assert.equal(says(), "one two");
  });

  it("isn't missed where nothing can be kept", () => {
    fs.writeFileSync(at(".cache"), "");
    assert.equal(says(), "one two");
  });
});
