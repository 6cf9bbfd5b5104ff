import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { explainHelp } from "../../commands/explain/explainOptions";
import { scaleHelp } from "../../commands/scale/scaleOptions";
import { awsLine } from "../../sandbox/clientLines";
import { usualPort } from "../../sandbox/serve";
import { defaultOptions, helpText } from "../../sandbox/options";

const root = path.join(__dirname, "..", "..");
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .trim()
  .split("\n");
const docs = tracked.filter((file) => /\.md$/.test(file));
/** What speaks to users: documentation, stacks, and the messages and comments of everything that isn't a test. */
const texts = tracked.filter(
  (file) => /\.(md|yaml|ts|mjs|html)$|^\.ci\/|run$/.test(file) && fs.existsSync(path.join(root, file)),
);

/** Each match's first group, with the file that it is in. */
function found(files: string[], pattern: RegExp): { file: string; name: string; rest: string }[] {
  return files.flatMap((file) => [...read(file).matchAll(pattern)].map(([, name = "", rest = ""]) => ({ file, name, rest })));
}

function complaints(of: { file: string; name: string }[], isThere: (one: { file: string; name: string }) => boolean): string[] {
  return of.filter((one) => !isThere(one)).map(({ file, name }) => `${file}: ${name}`);
}

describe("what texts promise exists", () => {
  it("scripts of npm", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = found(texts, /npm run (?:--silent )?([a-z]\w*(?::\w+)*)/g);
    assert.ok(named.length > 20);
    assert.deepEqual(
      complaints(named, ({ name }) => name in scripts),
      [],
    );
  });

  it("options of npm start, npm run scale and npm run explain", () => {
    const help: Record<string, string> = { start: helpText, "run scale": scaleHelp, "run explain": explainHelp };
    const commands = found(texts, /npm (start|run scale|run explain)(?: --silent)? -- ([^`\n#"|]*)/g);
    const options = commands.flatMap(({ file, name: command, rest }) =>
      [...rest.matchAll(/--[a-z][a-z-]*/g)].map(([name]) => ({ file, name, command })),
    );
    assert.ok(options.length > 15);
    assert.deepEqual(
      options.filter(({ command, name }) => !help[command]?.includes(name)),
      [],
    );
    const alone = found(["docs/sandbox.md"], /`(--[a-z][a-z-]*)/g);
    assert.deepEqual(
      complaints(alone, ({ name }) => helpText.includes(name)),
      [],
    );
  });

  it("files and folders, by links, in backticks and in commands", () => {
    const tops = new Set(tracked.map((file) => file.split("/")[0]));
    const isPath = (name: string) => tops.has(name.split("/")[0] ?? "") && !/[*<]/.test(name);
    const inBackticks = found(docs, /`\.?\/?([\w.-]+(?:\/[\w.-]+)*\/?)`/g).filter(({ name }) => isPath(name));
    const inCommands = found(texts, /(?:register\.js|register|register\/transpile-only) ((?:scripts|tests|bench)\/[\w./-]+)/g);
    const links = found(docs, /\]\((?!https?:)([^)#]+)/g).map(({ file, name }) => ({
      file,
      name: path.join(path.dirname(file), name),
    }));
    const all = [...inBackticks, ...inCommands, ...links];
    assert.ok(all.length > 60);
    // A file's name may stand without what TypeScript leaves out.
    const isThere = (name: string) => [name, `${name}.ts`].some((one) => fs.existsSync(path.join(root, one)));
    assert.deepEqual(
      complaints(all, ({ name }) => isThere(name)),
      [],
    );
  });

  it("headings that links lead to", () => {
    const links = docs.flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)].map(([, to = "", anchor = ""]) => ({
        file: to === "" ? file : path.join(path.dirname(file), to),
        name: anchor,
      })),
    );
    assert.ok(links.length > 3);
    const anchors = (file: string) => found([file], /^#+ (.*)$/gm).map(({ name }) => anchorOf(name));
    assert.deepEqual(
      complaints(links, ({ file, name }) => anchors(file).includes(name)),
      [],
    );
  });

  it("keys of the configuration and outputs of the stack", () => {
    const { config } = parse(read("Pulumi.yaml")) as { config: Record<string, unknown> };
    const keys = found(
      texts.filter((file) => !file.startsWith("tests/")),
      /(?:sluice:|pulumi config set (?:sluice:)?)(?!aws:)([a-z]\w+)/g,
    );
    assert.ok(keys.length > 20);
    assert.deepEqual(
      complaints(keys, ({ name }) => name in config || name === "index"),
      [],
    );
    const outputs = read("index.ts").split("\n  return {")[1]?.split("\n  }")[0] ?? "";
    const named = found(docs, /(?:stack output |output `)([a-z]\w+)/g);
    assert.ok(named.length > 1);
    assert.deepEqual(
      complaints(named, ({ name }) => new RegExp(`^    ${name}[,:]`, "m").test(outputs)),
      [],
    );
  });

  it("dependencies, each with its reason in CONTRIBUTING.md, and no other", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
    const [, table = ""] = read("CONTRIBUTING.md").split("## Dependencies");
    const reasons = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`(.+?)`/g)].map(([, name]) => name),
    );
    const named = Object.keys({ ...dependencies, ...devDependencies }).map((name) => name.replace(/(client-).*/, "$1*"));
    const needed = [...new Set(named)].filter((name) => !name.startsWith("@types/"));
    assert.deepEqual(reasons.sort(), needed.sort());
  });

  it("parts of the benchmark", () => {
    const parts = [...read("bench/main.ts").matchAll(/^ {2}(\w+)[:,]/gm)].map(([, name]) => name);
    const named = [
      ...found(docs, /npm run bench (?:-- )?([a-z]+)/g),
      ...found(["README.md", "docs/figures.md"], /^\|.*\| `(\w+)` \|$/gm),
    ];
    assert.ok(named.length > 10);
    assert.deepEqual(
      complaints(named, ({ name }) => parts.includes(name)),
      [],
    );
  });

  it("the line for the AWS CLI, as npm start prints it for the stack dev", () => {
    const endpoint = `http://127.0.0.1:${usualPort + 1}`;
    const line = awsLine({ endpoint, region: "us-east-1", streamName: `sluice-${defaultOptions.stack}` });
    for (const file of ["README.md", "docs/sandbox.md"]) assert.ok(read(file).split("\n").includes(line), file);
  });
});

/** As GitHub makes them. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}
