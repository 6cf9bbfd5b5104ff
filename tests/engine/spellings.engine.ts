import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import { configStrings, readStackFiles } from "../../sandbox/deploy/stackFiles";
import { spelling } from "../support/yamlSpellings";
import { openStack, type Stack } from "./support/stack";

const root = path.resolve(__dirname, "../..");
const seed = Number(process.env["SLUICE_SPELLINGS_SEED"] ?? 1);
const number = Number(process.env["SLUICE_SPELLINGS"] ?? 2_000);

/** Writes down what the engine hands over. */
const program = 'require("node:fs").writeFileSync("handed.json", process.env.PULUMI_CONFIG);\n';

describe("values in a stack's file, spelled in every way", () => {
  let stack: Stack;
  const fileOf = (spellings: readonly string[]) =>
    `config:\n${spellings.map((text, i) => `  spell:key${i}: ${text}\n`).join("")}`;
  const write = (spellings: readonly string[]) => fs.writeFileSync(path.join(stack.folder, "Pulumi.dev.yaml"), fileOf(spellings));
  const read = () => configStrings(readStackFiles(stack.folder, "dev").config);

  before(async () => {
    stack = openStack("dev", {
      lay: (folder) => {
        fs.writeFileSync(path.join(folder, "Pulumi.yaml"), "name: spell\nruntime: nodejs\n");
        fs.writeFileSync(path.join(folder, "index.js"), program);
        fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
      },
    });
    await stack.done("pulumi stack init dev");
  });
  after(() => stack.close());

  it(`are what the real pulumi hands to the program, or are refused (seed ${seed})`, async () => {
    const accepted = fc.sample(spelling, { seed, numRuns: number }).filter((text) => {
      write([text]);
      try {
        return Object.keys(read()).length === 1;
      } catch (error) {
        assert.equal((error as Error).name, "StackError", String(error));
        return false;
      }
    });
    assert.ok(accepted.length > number / 2, `${accepted.length} accepted`);
    write(accepted);
    const ours = read();
    await stack.done("pulumi preview");
    const handed = JSON.parse(fs.readFileSync(path.join(stack.folder, "handed.json"), "utf8")) as Record<string, string>;
    const different = accepted.flatMap((text, i) => {
      const [here, there] = [ours[`spell:key${i}`]!, handed[`spell:key${i}`]!];
      // Without a value: the CLI hands over an empty text, and the program refuses the key.
      return same(here, there) || (here === "null" && there === "") ? [] : [{ text, here, there }];
    });
    assert.deepEqual(different, []);
  });
});

/** As text, or as JSON whose objects have their keys in another order. */
function same(one: string, other: string): boolean {
  if (one === other) return true;
  if (!/^[[{]/.test(one)) return false;
  try {
    assert.deepEqual(JSON.parse(one), JSON.parse(other));
    return true;
  } catch {
    return false;
  }
}
