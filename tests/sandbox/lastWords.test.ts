import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");
const compiled = ["-r", path.join(root, "sandbox", "register.js")];

interface Ended {
  code: number | null;
  said: string;
  complained: string;
}

/** @param hears bytes of output after which its reader goes away; 0: before there are any. */
function ended(args: string[], hears = Infinity): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], { cwd: root });
    let said = "";
    let complained = "";
    child.stdin.end();
    child.stdout.on("data", (text) => {
      said += text;
      if (said.length >= hears) child.stdout.destroy();
    });
    if (hears === 0) child.stdout.destroy();
    child.stderr.on("data", (text) => (complained += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, said, complained }));
  });
}

/** A program that does this. */
const program = (body: string) => [
  ...compiled,
  "-e",
  `const { inputError } = require("./sandbox/inputError"); require("./sandbox/lastWords").runCommand(async () => { ${body} });`,
];

describe("a command's last words", function () {
  this.timeout(120_000);

  const readersThatLeave: [string, string[], number][] = [
    ["npm start", [...compiled, "sandbox/main.ts", "--headless", "--speed", "max", "--until", "3d"], 1],
    ["npm start -- --help", [...compiled, "sandbox/main.ts", "--help"], 0],
    ["npm run scale -- --help", [...compiled, "commands/main.ts", "scale", "--help"], 0],
    ["npm run explain -- --help", [...compiled, "commands/main.ts", "explain", "--help"], 0],
    ["npm run config", [...compiled, "commands/main.ts", "config", "--stack", "prod"], 0],
    ["npm run produce -- --help", [...compiled, "commands/main.ts", "produce", "--help"], 0],
    ["npm run bench", [...compiled, "bench/main.ts", "package"], 0],
    ["npm run test:soak", [...compiled, "tests/scaler/properties/soak.ts", "--runs", "1"], 0],
  ];
  for (const [name, args, hears] of readersThatLeave) {
    it(`are none when the reader of ${name} closes the pipe`, async () => {
      const { code, complained } = await ended(args, hears);
      assert.deepEqual({ code, complained }, { code: 0, complained: "" });
    });
  }

  const wrongOptions: [string, string[]][] = [
    ["npm start", [...compiled, "sandbox/main.ts", "--nonsense"]],
    ["npm run scale", [...compiled, "commands/main.ts", "scale", "--nonsense"]],
    ["npm run explain", [...compiled, "commands/main.ts", "explain", "--nonsense"]],
    ["npm run config", [...compiled, "commands/main.ts", "config", "--nonsense"]],
    ["npm run produce", [...compiled, "commands/main.ts", "produce", "--nonsense"]],
    ["npm run bench", [...compiled, "bench/main.ts", "--nonsense"]],
    ["npm run test:soak", [...compiled, "tests/scaler/properties/soak.ts", "--nonsense"]],
  ];
  for (const [name, args] of wrongOptions) {
    it(`name an option that ${name} doesn't have, without a stack trace`, async () => {
      const { code, complained } = await ended(args);
      assert.equal(code, 2, complained);
      assert.match(complained, /--nonsense/);
      assert.doesNotMatch(complained, /^ +at /m);
    });
  }

  it("are the user's mistake alone, or that it is a fault, with what whoever mends it needs", async () => {
    const mistake = await ended(program('throw inputError("OptionsError", "No such option.");'));
    assert.deepEqual(mistake, { code: 2, said: "", complained: "No such option.\n" });
    for (const body of [
      'throw new Error("oops");',
      'void Promise.reject(new Error("oops")); await new Promise((resolve) => setTimeout(resolve, 60000));',
      'setTimeout(() => { throw new Error("oops"); }); await new Promise((resolve) => setTimeout(resolve, 60000));',
    ]) {
      const { code, complained } = await ended(program(body));
      assert.equal(code, 1);
      assert.match(complained, /^This is a fault of Sluice, not of what you asked for\. .*\nError: oops\n +at /, body);
    }
  });
});
