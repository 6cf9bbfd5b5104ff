import { strict as assert } from "node:assert";
import { awsLine } from "../../sandbox/clientLines";
import { usualPort } from "../../sandbox/serve";
import { defaultOptions } from "../../sandbox/options";
import { pages, read } from "./texts";

/** Rows of a table of figures: those that end with the benchmark's part. */
const figureRows = (page: string): string[] => read(page).match(/^\|.*\| `\w+` \|$/gm) ?? [];

describe("what pages say and something else knows", () => {
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
    const commands = pages.flatMap(({ text }) => [...text.matchAll(/npm run bench (?:-- )?([a-z]+)/g)].map(([, name]) => name));
    const rows = ["README.md", "docs/figures.md"].flatMap((page) => figureRows(page).map((row) => /`(\w+)` \|$/.exec(row)?.[1]));
    assert.ok(commands.length > 0 && rows.length > 10);
    assert.deepEqual(
      [...commands, ...rows].filter((name) => !parts.includes(name)),
      [],
    );
  });

  it("README's figures are three of docs/figures.md", () => {
    const all = figureRows("docs/figures.md");
    const few = figureRows("README.md");
    assert.equal(few.length, 3);
    for (const row of few) assert.ok(all.includes(row), row);
  });

  it("versions of what judges the sandbox", () => {
    const installed = ["conformance/requirements.txt", "conformance/run", "judges/requirements.txt"]
      .map((file) => read(`tests/${file}`))
      .join("\n");
    const judges = [
      "AWS CLI",
      "boto3",
      "botocore",
      "cfn-lint",
      "kinesis-local",
      "moto",
      "parliament",
      "policy_sentry",
      "schemathesis",
    ];
    const said = new RegExp(`(${judges.join("|")}) (\\d[\\d.]*\\d)`, "g");
    const named = [...read("docs/fidelity.md").matchAll(said)].map(([, name = "", version = ""]) => [name, version] as const);
    assert.deepEqual([...new Set(named.map(([name]) => name))].sort(), judges);
    for (const [name, version] of named) {
      const line = `${name === "AWS CLI" ? "awscli" : name}(==|@)${version}$`;
      assert.match(installed, new RegExp(line, "m"), `${name} ${version}`);
    }
  });

  it("versions of Node that are supported and tested", () => {
    const [, nodes = ""] = /^nodes="(.*)"$/m.exec(read("tests/versions/run")) ?? [];
    const majors = nodes.split(" ").map((version) => Number.parseInt(version));
    assert.deepEqual(majors, [20, 22, 24, 26]);
    const [, said = ""] = /^Node (.*) and npm, nothing else\.$/m.exec(read("README.md")) ?? [];
    assert.deepEqual(
      said
        .replace(/\(.*?\)/, "")
        .match(/\d+/g)
        ?.map(Number),
      majors,
    );
  });

  it("the line for the AWS CLI, as npm start prints it for the stack dev", () => {
    const endpoint = `http://127.0.0.1:${usualPort + 1}`;
    const line = awsLine({ endpoint, region: "us-east-1", streamName: `sluice-${defaultOptions.stack}` });
    for (const file of ["README.md", "docs/sandbox.md"]) assert.ok(read(file).split("\n").includes(line), file);
  });
});
