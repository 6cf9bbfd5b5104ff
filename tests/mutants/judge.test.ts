import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import { typeChecker } from "./caughtByTypes";
import type { Reason } from "./equivalent";
import { parseOptions } from "./options";
import { pageOf } from "./page";
import type { Mutant } from "./stryker";
import { judgingTests, parts, quickFiles, root, type Part } from "./targets";
import { checksOf, percentOf, scoresOf } from "./verdict";

const file = "scaler/decide/ladder.ts";
const part: Part = { name: "scaler", files: [file], floor: 50 };
const mutant = (from: string, outcome: Mutant["outcome"]): Mutant => ({
  ...{ file, at: { line: 1, column: 1 }, in: `const a = ${from};`, from, to: "true", outcome },
  mutated: () => "",
});
const reason = (from: string): Reason => ({ file, why: "it is", mutants: [{ in: `const a = ${from};`, from, to: "true" }] });
const judge = (mutants: Mutant[], reasons: Reason[] = [], mistyped: string[] = []) => {
  const scores = scoresOf([file], mutants, reasons, ({ from }) => mistyped.includes(from));
  return { scores, failing: checksOf(scores, [part], reasons, true).filter(({ holds }) => !holds) };
};

describe("the judge of the tests (npm run test:mutants)", () => {
  const mixed = [mutant("a", "killed"), mutant("b", "survived"), mutant("c", "survived"), mutant("d", "survived")];

  it("counts killed mutants in percent of all that compile", () => {
    assert.equal(percentOf(judge(mixed, [], ["d"]).scores, false), 100 / 3);
    assert.equal(percentOf(judge(mixed, [reason("b")], ["d"]).scores, true), 50);
  });

  it("fails a file below its floor, equivalent mutants apart, and a part below its floor with them", () => {
    assert.deepEqual(
      judge(mixed).failing.map(({ what }) => what),
      ["scaler/decide/ladder.ts: 25.0 %, at least 50 %", "scaler: 25.0 % of all mutants, at least 50 %"],
    );
    assert.deepEqual(
      judge(mixed, [reason("b"), reason("c")]).failing.map(({ what }) => what),
      ["scaler: 25.0 % of all mutants, at least 50 %"],
    );
  });

  it("fails for a reason whose mutant is killed, doesn't compile or doesn't exist", () => {
    const killed = [mutant("a", "killed"), mutant("b", "killed")];
    assert.deepEqual(judge(killed).failing, []);
    for (const from of ["a", "nowhere"]) {
      const { failing } = judge(killed, [reason(from)]);
      assert.match(
        failing.map(({ what }) => what).join(),
        new RegExp(`"${from}" -> "true" in .* survives, as equivalent.ts says`),
      );
    }
    assert.equal(judge([...killed, mutant("c", "survived")], [reason("c")], ["c"]).failing.length, 1);
  });

  it("lists every survivor with its reason on the page", () => {
    const page = pageOf(judge(mixed, [reason("b")], ["d"]).scores, [part]);
    assert.match(page, /\| scaler\/decide\/ladder\.ts \| 1 \| 2 \| 33\.3 % \|/);
    assert.match(page, /\| scaler\/decide\/ladder\.ts \| `const a = b;` \| `b` → `true` \| it is \|/);
    assert.match(page, /\| scaler\/decide\/ladder\.ts \| `const a = c;` \| `c` → `true` \| unexplained \|/);
  });

  it("knows what the type checker refuses, in the file and in those that import it", function () {
    this.timeout(60_000);
    const text = (name: string) => fs.readFileSync(path.join(root, name), "utf8");
    const refused = typeChecker([file, "scaler/decide/stream.ts"]);
    const changed = (from: string, to: string) => text(file).replace(from, to);
    assert.equal(refused(file, text(file)), false);
    assert.equal(refused(file, changed("2 * from", '"" * from')), true);
    assert.equal(
      refused(file, changed("export function nextRung(from: Capacity", "export function nextRung(from: string")),
      true,
    );
    assert.equal(refused(file, changed("2 * from", "2 / from")), false);
  });

  it("mutates all of the scaler, with tests that exist", () => {
    const known = parts.flatMap(({ files }) => files);
    for (const one of [...known, ...quickFiles, ...judgingTests(known)]) assert.ok(fs.existsSync(path.join(root, one)), one);
    for (const one of quickFiles) assert.ok(known.includes(one), one);
    assert.ok(judgingTests(["scaler/decide/ladder.ts"]).includes("tests/scaler/decide/ladder.test.ts"));
  });

  it("takes files, or says what is wrong", () => {
    const files = ["scaler/decide/turns.ts", "scaler/decide/plan.ts"];
    assert.deepEqual(parseOptions(["--files", ...files]), {
      ...{ files, all: false, incremental: false, write: false, concurrency: 2 },
    });
    assert.deepEqual(parseOptions(["--quick"]), {
      files: quickFiles,
      all: false,
      incremental: false,
      write: false,
      concurrency: 2,
    });
    assert.match(String(parseOptions(["--files", "index.ts"])), /not a file that is mutated: index.ts/);
    assert.match(String(parseOptions(["--quick", "--changed"])), /exclude each other/);
    assert.match(String(parseOptions(["--quick", "--write"])), /--write needs every file/);
    assert.match(String(parseOptions(["--concurrency", "0"])), /--concurrency is 0; allowed is 1 or more/);
    assert.match(String(parseOptions(["--fast"])), /Unknown option '--fast'/);
  });
});
