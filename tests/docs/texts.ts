import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

export const root = path.join(__dirname, "..", "..");
export const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");

/** All files of the project, those too that are to be added. */
export const files: readonly string[] = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n")
  .filter((file) => fs.existsSync(path.join(root, file)));

export interface Text {
  file: string;
  text: string;
}

const asText = (file: string): Text => ({ file, text: read(file) });
const isCode = (file: string) => /\.(ts|mjs|js)$/.test(file);
const isPage = (file: string) => file.endsWith(".md");
const isSetting = (file: string) => /\.(yaml|html)$|^\.ci\/|\/run$/.test(file);
/** What scripts make: lists of tests, whose words are AWS's and the tests', and code with a change in it. */
const isMade = (file: string) => /^docs\/(fidelity-\w+|mutants)\.md$/.test(file);

export const pages: readonly Text[] = files.filter(isPage).map(asText);
export const writtenPages: readonly Text[] = pages.filter(({ file }) => !isMade(file));

/** What the code says to people: its comments, and its texts of several words. */
export const spoken: readonly Text[] = files.filter(isCode).map((file) => ({
  file,
  text: parts(file)
    .filter(({ kind, text }) => kind === "comment" || (kind === "text" && /\s/.test(text)))
    .map(({ text }) => text)
    .join("\n"),
}));

/** The code as it stands, without its tests. */
export const code: readonly Text[] = files.filter((file) => isCode(file) && !file.startsWith("tests/")).map(asText);

/** Everything that speaks to people. */
export const texts: readonly Text[] = [...pages, ...spoken, ...files.filter(isSetting).map(asText)];

/** What a stack's file says to people, beside its keys and values. */
const saysInYaml = /^ *#.*$|^ *description: .*$/gm;

/** Every name that the project knows: the code's identifiers and texts of one word, the words of settings and of files' names. */
export const names: ReadonlySet<string> = new Set(
  [
    ...files,
    ...files
      .filter((file) => isSetting(file) || /\.(json|css|java)$/.test(file))
      .map((file) => read(file).replace(saysInYaml, "")),
    ...files
      .filter((file) => isCode(file) && !file.startsWith("tests/docs/"))
      .flatMap(parts)
      .filter(({ kind, text }) => kind === "name" || (kind === "text" && !/\s/.test(text)))
      .map(({ text }) => text),
  ].flatMap((text) => text.match(/\w+/g) ?? []),
);

interface Part {
  kind: "comment" | "text" | "name";
  text: string;
}

/** A file's comments, texts and words, in order. */
function parts(file: string): Part[] {
  const text = read(file);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Part[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    if (node.getChildCount(source) > 0) return node.getChildren(source).forEach(visit);
    const before = ts.getLeadingCommentRanges(text, node.pos) ?? [];
    for (const { pos, end } of [...before, ...(ts.getTrailingCommentRanges(text, node.end) ?? [])])
      found.push({ kind: "comment", text: text.slice(pos, end) });
    const isText = ts.isStringLiteral(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node);
    const kind = isText || ts.isNoSubstitutionTemplateLiteral(node) ? "text" : "name";
    found.push({ kind, text: text.slice(node.getStart(source), node.end) });
  };
  visit(source);
  return found;
}
