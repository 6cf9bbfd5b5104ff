import { otherConfiguration, type Configuration } from "../../backtest/configurations";
import { partings } from "../../backtest/parting";
import type { StackBacktest } from "../../backtest/playStack";
import { ownPolicy, playPolicies } from "../../backtest/policies";
import { stackConfigs } from "../../sandbox/deploy/deploy";
import { readStackFiles, type StackFiles } from "../../sandbox/deploy/stackFiles";
import { inputError } from "../../sandbox/inputError";
import { readTrace } from "../../sandbox/traffic/trace";
import { projectFolder } from "../place";
import type { Terminal } from "../terminal";
import type { BacktestOptions } from "./backtestOptions";
import { pricesFor } from "./prices";
import type { ProgressLine } from "./progressLine";
import { wrapped } from "../wrapped";
import { partingWords, sideBySide } from "./sideBySide";
import { markdownLines, tablesOf, terminalLines, type Table } from "./tables";

/** `npm run backtest`. @returns the exit code. @throws InputError, StackError, ConfigError for the user's mistakes. */
export async function backtest(
  options: BacktestOptions,
  terminal: Pick<Terminal, "write" | "width">,
  progress: ProgressLine,
  folder = projectFolder,
): Promise<number> {
  const files = readStackFiles(folder, options.stack, options.configFile);
  const trace = readTrace(options.trace);
  const prices = pricesFor(options.prices, stackConfigs(files)[0]!.region);
  const circumstances = { trace, recordBytes: options.recordBytes, prices };
  const show = (policy: string, share: number) => progress.show(`${trace.name}: ${policy} ${Math.round(100 * share)} %`);
  const days = (trace.rates.length / 1440).toFixed(1);
  const out: Output = { options, terminal, title: `${trace.name}, ${days} days, through stack ${options.stack}` };
  if (options.against.length > 0) {
    const other = otherConfiguration(options.against, { folder, stack: options.stack, configFile: options.configFile, files });
    requireSamePipelines(files, other);
    const one = await playPolicies(files, circumstances, [ownPolicy], show);
    const two = await playPolicies(other.files, circumstances, [ownPolicy], (_, share) => show(other.name, share));
    progress.clear();
    printCompared(out, one, two, other.name, trace.start);
  } else {
    const played = await playPolicies(files, circumstances, options.policies, show);
    progress.clear();
    printPolicies(out, played);
  }
  return 0;
}

interface Output {
  options: BacktestOptions;
  terminal: Pick<Terminal, "write" | "width">;
  title: string;
}

function printPolicies({ options, terminal, title }: Output, played: readonly StackBacktest[]): void {
  const reports = played.map(({ report }) => report);
  terminal.write(title);
  for (const table of tablesOf(reports)) printTable(options, terminal, table);
  if (options.json) terminal.write(JSON.stringify(reports));
}

function printCompared(
  { options, terminal, title }: Output,
  one: readonly StackBacktest[],
  two: readonly StackBacktest[],
  name: string,
  start: number,
): void {
  terminal.write(`${title}, against ${name}`);
  one.forEach((mine, i) => {
    const other = two[i]!;
    printTable(options, terminal, sideBySide(mine.report, other.report, [options.stack, name]));
    terminal.write("");
    const [head = "", ...told] = partingWords(partings(mine, other), start);
    terminal.write(head);
    if (options.markdown && told.length > 0) terminal.write("");
    for (const line of told)
      for (const part of wrapped("- ", line, options.markdown ? Infinity : terminal.width)) terminal.write(part);
  });
  const named = two.map(({ report }) => ({ ...report, policy: `${ownPolicy} against ${name}` }));
  if (options.json) terminal.write(JSON.stringify([...one.map(({ report }) => report), ...named]));
}

function printTable(options: BacktestOptions, terminal: Output["terminal"], table: Table): void {
  terminal.write("");
  const lines = options.markdown ? markdownLines(table) : terminalLines(table, terminal.width);
  for (const line of lines) terminal.write(line);
}

function requireSamePipelines(files: StackFiles, other: Configuration): void {
  const names = (of: StackFiles) => stackConfigs(of).map(({ pipeline }) => pipeline);
  if (names(files).join() === names(other.files).join()) return;
  throw inputError("OptionsError", `--against ${other.name} has other pipelines: only the same ones can be compared.`);
}
