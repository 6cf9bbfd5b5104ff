import { strict as assert } from "node:assert";
import * as path from "node:path";
import { parse } from "yaml";
import { backtestHelp } from "../../commands/backtest/backtestOptions";
import { configHelp } from "../../commands/config/configOptions";
import { produceHelp } from "../../commands/produce/produceOptions";
import { explainHelp } from "../../commands/explain/explainOptions";
import { scaleHelp } from "../../commands/scale/scaleOptions";
import { helpText } from "../../sandbox/options";
import { usage } from "../mutants/options";
import { code, files, names, pages, read, spoken, texts, writtenPages, type Text } from "./texts";

/** Each match's first group, with the file that it is in. */
function found(of: readonly Text[], pattern: RegExp): { file: string; name: string; rest: string }[] {
  return of.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([, name = "", rest = ""]) => ({ file, name, rest })));
}

function complaints(of: { file: string; name: string }[], isThere: (one: { file: string; name: string }) => boolean): string[] {
  return of.filter((one) => !isThere(one)).map(({ file, name }) => `${file}: ${name}`);
}

const isTest = ({ file }: Text) => file.startsWith("tests/");
const isIn = (folder: string) => (text: Text) => text.file.startsWith(`${folder}/`);

/** What each command of package.json says of its options. */
const help: Record<string, string> = {
  start: helpText,
  "run scale": scaleHelp,
  "run explain": explainHelp,
  "run config": configHelp,
  "run produce": produceHelp,
  "run backtest": backtestHelp,
  "run bench": "--json",
  "run test:mutants": usage,
  "run test:soak": [...read("tests/scaler/properties/soak.ts").matchAll(/(\w+): \{ type:/g)]
    .map(([, name]) => `--${name}`)
    .join(" "),
};
const has = (command: string, option: string) => new RegExp(`${option}(?![\\w-])`).test(help[command] ?? "");

describe("what texts promise exists", () => {
  it("commands of npm and Pulumi", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const first = found(
      texts.filter((text) => !isTest(text) && !isIn("bench")(text)),
      /\b((?:npm(?: --silent)?|pulumi) [a-z]+)/g,
    );
    const verbs = /^(npm (ci|install|pack|run|start|test)|pulumi (config|destroy|new|preview|stack|state|up|alone))$/;
    assert.deepEqual(
      complaints(first, ({ name }) => verbs.test(name)),
      [],
    );
    const named = found(texts, /npm run (?:--silent )?([a-z]\w*(?::\w+)*)/g);
    assert.ok(named.length > 20);
    assert.deepEqual(
      complaints(named, ({ name }) => name in scripts),
      [],
    );
  });

  it("options of the commands that they stand behind", () => {
    const commands = found(texts, /npm ((?:run )?[a-z:]+)(?: --silent)? -- ([^`\n#"|]*)/g).filter(({ name }) => name in help);
    const options = commands.flatMap(({ file, name: command, rest }) =>
      [...rest.matchAll(/--[a-z][a-z-]*/g)].map(([name]) => ({ file, name, command })),
    );
    assert.ok(options.length > 15);
    assert.deepEqual(
      options.filter(({ command, name }) => !has(command, name)),
      [],
    );
  });

  it("options that stand alone, of the commands that the page or the message is about", () => {
    const about: [commands: string[], of: Text[]][] = [
      [["start"], texts.filter(({ file }) => /^(README|docs\/(sandbox|page|figures))\.md$|^sandbox\//.test(file))],
      [
        ["run scale", "run explain", "run config", "run produce", "run backtest"],
        texts.filter(({ file }) => /^docs\/commands\.md$|^(commands|producer)\//.test(file)),
      ],
      [
        Object.keys(help),
        texts.filter(({ file }) => /^(CONTRIBUTING|CHANGELOG|docs\/\w+)\.md$|^Pulumi|^(config|scaler|components)\//.test(file)),
      ],
    ];
    const options = about.flatMap(([commands, of]) =>
      found(of.map(withoutCommands), /(?<![\w-])(--[a-z][a-z-]*)/g).map((one) => ({ ...one, commands })),
    );
    assert.ok(options.length > 50);
    assert.deepEqual(
      options.filter(({ name, commands }) => !foreignOptions.has(name) && !commands.some((command) => has(command, name))),
      [],
    );
  });

  it("words in backticks and in commands: keys, outputs, metrics, components, whatever the code has a name for", () => {
    const spans = found(writtenPages.map(withoutBlocks), /`([^`\n]+)`/g);
    const blocks = found(writtenPages, /^```sh\n([^]*?)^```/gm).map(({ file, name }) => ({
      file,
      name: name.replace(/#.*$/gm, ""),
    }));
    const words = [...spans, ...blocks].flatMap(({ file, name }) =>
      (name.match(/[a-z]\w*/gi) ?? []).map((word) => ({ file, name: word })),
    );
    assert.ok(words.length > 1_000);
    assert.deepEqual(
      complaints(words, ({ name }) => names.has(name) || foreignWords.has(name)),
      [],
    );
  });

  it("words like streamName in messages, comments and stacks", () => {
    const own = spoken.filter((text) =>
      /^(config|commands|producer|components|scaler|explanation|sandbox|\w+\.ts$)/.test(text.file),
    );
    const ours = own.filter((text) => !isIn("sandbox/services")(text));
    const words = found([...ours, ...texts.filter(isYaml)], /\b([a-z]+[A-Z]\w*|SLUICE_\w+)/g);
    assert.ok(words.length > 200);
    assert.deepEqual(
      complaints(words, ({ name }) => names.has(name) || foreignWords.has(name)),
      [],
    );
  });

  it("files and folders", () => {
    const everywhere = texts.filter((text) => !isTest(text));
    const tops = new Set(files.map((file) => file.split("/")[0]));
    const paths = found(everywhere.map(withoutArns), /(?<![\w/.@-])(?:\.\/)?([\w.-]+(?:\/[\w.-]+)+)/g)
      .map(({ file, name }) => ({ file, name: name.replace(/\.$/, "") }))
      .filter(({ name }) => tops.has(name.split("/")[0]));
    const named = found(everywhere.map(withoutAddresses), /((?<![\w/])[\w./-]*\w\.(?:md|ts|yaml|mjs|png))\b/g);
    const inBackticks = found(writtenPages, /`([\w.-]+(?:\/[\w.-]+)+)\/?`/g);
    const links = found(pages, /\]\((?!https?:)([^)#]+)/g);
    const all = [...paths, ...named, ...inBackticks, ...links];
    assert.ok(all.length > 200);
    assert.deepEqual(complaints(all, isFile), []);
  });

  it("headings that links lead to", () => {
    const links = [
      ...found(pages, /\]\((?!https?:)([^)#]*)#([^)]+)\)/g),
      ...found([...spoken, ...texts.filter(isYaml)], /(docs\/[\w-]+\.md)#([\w-]+)/g),
    ];
    assert.ok(links.length > 10);
    const anchors = (file: string) => found([{ file, text: read(file) }], /^#+ (.*)$/gm).map(({ name }) => anchorOf(name));
    const page = (file: string, to: string) =>
      to === "" ? file : to.startsWith("docs/") ? to : path.join(path.dirname(file), to);
    assert.deepEqual(
      links.filter(({ file, name, rest }) => !anchors(page(file, name)).includes(rest)),
      [],
    );
  });

  it("keys of the configuration and outputs of the stack", () => {
    const { config } = parse(read("Pulumi.yaml")) as { config: Record<string, unknown> };
    const keys = found(
      [...texts.filter((text) => !isTest(text)), ...code],
      /(?:sluice:|pulumi config set (?:--path ')?(?:sluice:)?)(?!aws:)([a-z]\w+)/g,
    );
    assert.ok(keys.length > 20);
    assert.deepEqual(
      complaints(keys, ({ name }) => name in config || name === "index"),
      [],
    );
    const outputs = read("index.ts").split("\n  return {")[1]?.split("\n  }")[0] ?? "";
    const named = found(pages, /(?:stack output |outputs? `)([a-z]\w+)/g);
    assert.ok(named.length > 1);
    assert.deepEqual(
      complaints(named, ({ name }) => new RegExp(`^    ${name}[,:]`, "m").test(outputs)),
      [],
    );
  });
});

const isYaml = ({ file }: Text) => file.endsWith(".yaml");
const withoutBlocks = ({ file, text }: Text): Text => ({ file, text: text.replace(/^```[^]*?^```/gm, "") });
const withoutAddresses = ({ file, text }: Text): Text => ({ file, text: text.replace(/https?:\S+/g, "") });

const withoutArns = ({ file, text }: Text): Text => ({ file, text: text.replace(/"arn:\S+/g, "") });

/** Without commands of others, which have options of their own, and without npm's, which have a test of theirs. */
function withoutCommands({ file, text }: Text): Text {
  const lines = text.replaceAll("\\\n", " ");
  return {
    file,
    text: lines
      .replace(/\b(aws|curl|npm|pulumi)\b[^`\n]*/g, "")
      .replace(/`--(aws-sigv4|omit=dev|no-allocation|max-semi)[^`]*`/g, ""),
  };
}

/** Names that aren't the project's: AWS's, the Pulumi command line's, a log's, what a reader puts there, ids in metric math. */
const foreignWords = new Set([
  "AWS_PROFILE",
  "printf",
  "init",
  "Checkpoint",
  "KEY",
  "VALUE",
  "PART",
  "Origin",
  "pNN",
  "catchUp",
  "getX",
  "camelCase",
  "advisory",
  "CreateKey",
  "PutKeyPolicy",
  "ScheduleKeyDeletion",
  "UpdateKeyDescription",
]);
const foreignFiles = new Set([
  ...["custom-resource-stack.yaml", "/var/runtime/index.mjs", "aws/aws-auto-scaling-custom-resource", "alias/aws/kinesis"],
  "Pulumi.NAME.yaml",
  // What `npm run build:job` makes, and what Flink reads.
  ...["flink-job/target/trips.jar", "config.yaml"],
]);
/** Of other commands, in what `npm start` prints: the AWS command line's, curl's, `npm run scale`'s. */
const foreignOptions = new Set([
  "--endpoint-url",
  "--stream-name",
  "--user",
  "--sandbox",
  "--prefix",
  "--policy-pack",
  "--policy-pack-config",
]);

/** What another program imports: "sluice/program". */
const imports = new Set(
  Object.keys((JSON.parse(read("package.json")) as { exports: object }).exports).map((name) => path.posix.join("sluice", name)),
);

function isFile({ file, name }: { file: string; name: string }): boolean {
  if (foreignFiles.has(name) || imports.has(name)) return true;
  const places = [name, path.join(path.dirname(file), name)].map((one) => path.normalize(one).replace(/\/$/, ""));
  // A file's name may stand without its folder, and without what TypeScript leaves out.
  return places.some((one) =>
    files.some((known) => [one, `${one}.ts`].includes(known) || known.startsWith(`${one}/`) || known.endsWith(`/${name}`)),
  );
}

/** As GitHub makes them. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}
