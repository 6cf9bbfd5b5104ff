import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import { calibrateHelp } from "../../commands/calibrate/calibrateOptions";
import { config } from "../../commands/config/config";
import { backtestHelp } from "../../commands/backtest/backtestOptions";
import { configHelp, parseConfigOptions } from "../../commands/config/configOptions";
import { explain } from "../../commands/explain/explain";
import { explainHelp, parseExplainOptions } from "../../commands/explain/explainOptions";
import { produceHelp } from "../../commands/produce/produceOptions";
import { scale } from "../../commands/scale/scale";
import { parseScaleOptions, scaleHelp } from "../../commands/scale/scaleOptions";
import { openCommandSandbox, testTerminal, type CommandSandbox } from "../commands/commandSandbox";

const text = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "commands.md"), "utf8");

describe("docs/commands.md", () => {
  it("quotes the help of scale", () => assert.ok(text.includes(scaleHelp.trimEnd())));
  it("quotes the help of explain", () => assert.ok(text.includes(explainHelp.trimEnd())));
  it("quotes the help of backtest, on its own page", () => {
    const page = fs.readFileSync(path.join(__dirname, "../../docs/backtest.md"), "utf8");
    assert.ok(page.includes(backtestHelp.trimEnd()));
  });
  it("quotes the help of calibrate", () => assert.ok(text.includes(calibrateHelp.trimEnd())));
  it("quotes the help of config", () => assert.ok(text.includes(configHelp.trimEnd())));
  it("quotes the help of produce", () => assert.ok(text.includes(produceHelp.trimEnd())));
});

/** What stands below the command. */
function block(command: string): string {
  const [, shown = ""] = text.split(`\n$ ${command}\n`);
  const [inside = ""] = shown.split("\n```");
  return `${inside}\n`;
}

it("the example of config in docs/commands.md is what the command prints, but for what it leaves out", async () => {
  const options = parseConfigOptions(["--stack", "prod", "--diff", "dev"]);
  if (options === "help") assert.fail("help");
  const terminal = testTerminal();
  await config(options, terminal, {});
  const parts = block("npm run config -- --stack prod --diff dev").split(/^\.\.\.\n/m);
  assert.equal(parts.length, 3);
  for (const part of parts) assert.ok(terminal.text().includes(part), part);
});

describe("the examples of docs/commands.md are what the commands print", () => {
  /** Half of 8 shards and 16 KPUs for 20 minutes, then seven eighths. */
  const rising = (index: number) => (index < 20 ? 4_000 : 7_000);
  let opened: CommandSandbox;
  afterEach(() => opened.close());

  const open = async (minutes: number, config: Record<string, unknown> = {}) => {
    opened = await openCommandSandbox(rising, config);
    await opened.sandbox.advance(minutes);
  };
  /** As it would be printed here. The answer to a question is typed, not printed. */
  const example = (command: string) => block(command).replace("http://127.0.0.1:4511", opened.url).replace("[y/N] y\n", "[y/N] ");
  const scaled = async (line: string, answer?: string) => {
    const options = parseScaleOptions([...line.split(" "), "--sandbox", opened.url]);
    if (options === "help") assert.fail("help");
    const terminal = testTerminal(() => opened.sandbox.advance(1), answer);
    await scale(options, terminal, {});
    return terminal.text();
  };

  it("a dry run", async () => {
    await open(3);
    assert.equal(await scaled("stream --to 20 --dry-run"), example("npm run scale -- stream --to 20 --dry-run --sandbox"));
  });

  it("a scaling by hand, and an explanation", async () => {
    await open(48, { "sluice:maxShards": 8 });
    assert.equal(await scaled("flink --by 10%", "y"), example("npm run scale -- flink --by 10% --sandbox"));
    await opened.sandbox.advance((Date.UTC(2026, 0, 5, 0, 51) - opened.sandbox.cloud.clock.now()) / 60_000);
    const options = parseExplainOptions(["--last", "40m", "--sandbox", opened.url]);
    if (options === "help") assert.fail("help");
    const terminal = testTerminal();
    await explain(options, terminal, {});
    assert.equal(terminal.text(), example("npm run explain -- --last 40m --sandbox"));
  });
});
