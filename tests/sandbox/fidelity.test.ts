import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

const here = __dirname;
const page = path.join(here, "..", "..", "docs", "fidelity.md");

interface Row {
  rule: string;
  source: string;
  file: string;
}

/** Rows of docs/fidelity.md that name a test and its file. */
function citedTests(): Row[] {
  const rows = fs.readFileSync(page, "utf8").matchAll(/^\| (.+?) \| (.+?) \| ([\w/.]+\.test\.ts) \|$/gm);
  return [...rows].map(([, rule = "", source = "", file = ""]) => ({ rule: rule.replaceAll("\\|", "|"), source, file }));
}

/**
 * Full names of a file's tests as regular expressions: what is between ${ and } may be anything. A test that a function of the file
 * makes may stand under any describe.
 */
function testNames(file: string): RegExp[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const names: RegExp[] = [];
  const visit = (node: ts.Node, outer: readonly string[]) => {
    const name =
      ts.isCallExpression(node) && /^(describe|it)$/.test(node.expression.getText()) ? pattern(node.arguments[0]) : undefined;
    if (name !== undefined && (node as ts.CallExpression).expression.getText() === "it")
      names.push(new RegExp(`^(?:.+ )?${[...outer, name].join(" ")}$`));
    ts.forEachChild(node, (child) => visit(child, name === undefined ? outer : [...outer, name]));
  };
  visit(source, []);
  return names;
}

function pattern(argument: ts.Expression | undefined): string | undefined {
  if (argument === undefined) return undefined;
  if (ts.isStringLiteralLike(argument)) return escaped(argument.text);
  if (!ts.isTemplateExpression(argument)) return ".+";
  return escaped(argument.head.text) + argument.templateSpans.map(({ literal }) => `.*${escaped(literal.text)}`).join("");
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe("docs/fidelity.md", () => {
  const cited = citedTests();
  const fileOf = (name: string) =>
    [path.join(here, "services", name), path.join(here, name)].find((candidate) => fs.existsSync(candidate));

  it("cites tests of every service and of the wire, each with a source", () => {
    const services = fs.readdirSync(path.join(here, "services"), { withFileTypes: true });
    for (const room of [...services.filter((entry) => entry.isDirectory()).map(({ name }) => name), "wire"])
      assert.ok(
        cited.some(({ file }) => file.startsWith(`${room}/`)),
        `no rule of ${room}`,
      );
    assert.ok(cited.every(({ source }) => source.trim() !== ""));
  });

  it("cites only tests that exist", () => {
    const known = new Map<string, RegExp[]>();
    const missing = cited.filter(({ rule, file }) => {
      const full = fileOf(file);
      if (!full) return true;
      if (!known.has(file)) known.set(file, testNames(full));
      const names = known.get(file)!;
      // "…" stands for a table of cases: some test's name begins with what is before it.
      if (rule.endsWith(" …")) return !names.some((name) => beginsWith(name, rule.slice(0, -2)));
      return !names.some((name) => name.test(rule));
    });
    assert.deepEqual(
      missing.map(({ rule, file }) => `${file}: ${rule}`),
      [],
    );
  });
});

/** Whether names that the pattern matches begin with the text: its words up to the first hole agree with it, as far as both go. */
function beginsWith(name: RegExp, text: string): boolean {
  const words = name.source.slice("^(?:.+ )?".length, -1).split(/\.[*+]/)[0]!;
  const literal = words.replace(/\\(.)/g, "$1");
  return literal.startsWith(text) || (literal.length > 15 && text.startsWith(literal.trimEnd()));
}
