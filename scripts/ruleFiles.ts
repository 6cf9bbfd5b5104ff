import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/** A describe or an it, with what stands in it. */
export interface Rule {
  title: string;
  /** What its own line "// Source: ..." names. */
  source: string | undefined;
  isTest: boolean;
  inner: Rule[];
}

/** A file's describes and tests, and the source that counts for all of them but those with their own. */
export interface RuleFile {
  file: string;
  source: string | undefined;
  rules: Rule[];
}

/** @param place a file, or a folder with all that is in it. */
export function ruleFiles(place: string): RuleFile[] {
  if (fs.statSync(place).isFile()) return [readRules(place)];
  const found = fs.readdirSync(place, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.ts"));
  return found.sort().map((name) => readRules(path.join(place, name)));
}

function readRules(file: string): RuleFile {
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const rules: Rule[] = [];
  const visit = (node: ts.Node, into: Rule[]) => {
    const made = rulesAt(node);
    into.push(...made);
    ts.forEachChild(node, (child) => visit(child, made[0]?.inner ?? into));
  };
  visit(source, rules);
  return { file, source: sourceAbove(source.statements[0] ?? source), rules };
}

/** The describe or the tests that a call makes: one for each case where a loop goes over cases that are written out. */
function rulesAt(node: ts.Node): Rule[] {
  if (!ts.isCallExpression(node)) return [];
  const called = node.expression.getText();
  if (called !== "describe" && called !== "it") return [];
  const source = sourceAbove(node);
  const [title] = node.arguments;
  const titles = called === "it" ? casesOf(node).map((values) => titleOf(title, values)) : [titleOf(title, {})];
  return [...new Set(titles)].map((one) => ({ title: one, source, isTest: called === "it", inner: [] }));
}

function sourceAbove(node: ts.Node): string | undefined {
  const comments = node.getSourceFile().text.slice(node.getFullStart(), node.getStart());
  return /^\s*\/\/ Source: (.+)$/m.exec(comments)?.[1];
}

type Values = Readonly<Record<string, string>>;

/** @param values of the loop's variables, as far as they are written out; what else a title computes is "…". */
function titleOf(title: ts.Expression | undefined, values: Values): string {
  if (title && ts.isStringLiteralLike(title)) return title.text;
  const hole = (expression: ts.Expression | undefined) => values[expression?.getText() ?? ""] ?? "…";
  if (!title || !ts.isTemplateExpression(title)) return hole(title);
  return title.head.text + title.templateSpans.map(({ expression, literal }) => hole(expression) + literal.text).join("");
}

/** For each case of the loop that the test stands in, the variables that are texts or numbers; one without any where there is no such loop. */
function casesOf(test: ts.Node): Values[] {
  const loop = ts.findAncestor(test, ts.isForOfStatement);
  const cases = loop && writtenOut(loop.expression);
  if (!cases || !ts.isVariableDeclarationList(loop.initializer)) return [{}];
  const { name } = loop.initializer.declarations[0]!;
  return cases.map((one) => {
    if (!ts.isArrayBindingPattern(name)) return literals([[name.getText(), one]]);
    const fields = ts.isArrayLiteralExpression(one) ? one.elements : [];
    return literals(name.elements.map((element, i) => [element.getText(), fields[i]]));
  });
}

function literals(fields: [name: string, value: ts.Expression | undefined][]): Values {
  return Object.fromEntries(
    fields.flatMap(([name, value]) =>
      value && (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) ? [[name, value.text]] : [],
    ),
  );
}

/** An array literal's elements, also of one that the file has under a name. */
function writtenOut(expression: ts.Expression): readonly ts.Expression[] | undefined {
  if (ts.isAsExpression(expression) || ts.isParenthesizedExpression(expression)) return writtenOut(expression.expression);
  if (ts.isArrayLiteralExpression(expression)) return expression.elements;
  if (!ts.isIdentifier(expression)) return undefined;
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === expression.text) found ??= node.initializer;
    ts.forEachChild(node, visit);
  };
  visit(expression.getSourceFile());
  return found && !ts.isIdentifier(found) ? writtenOut(found) : undefined;
}
