// The AWS SDK warns on every start under Node 20, which is supported here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
import { runCommand } from "../sandbox/lastWords";
import { machineTerminal } from "./terminal";

type Command = (args: readonly string[]) => Promise<number>;

/** Loaded when they are asked for: one command's SDK clients must not slow down the other's start. */
const commands: Readonly<Record<string, Command>> = {
  async scale(args) {
    const { parseScaleOptions, scaleHelp } = await import("./scale/scaleOptions");
    const options = parseScaleOptions(args);
    if (options === "help") return told(scaleHelp);
    return (await import("./scale/scale")).scale(options, machineTerminal(), process.env);
  },
  async explain(args) {
    const { parseExplainOptions, explainHelp } = await import("./explain/explainOptions");
    const options = parseExplainOptions(args);
    if (options === "help") return told(explainHelp);
    return (await import("./explain/explain")).explain(options, machineTerminal(), process.env);
  },
  async calibrate(args) {
    const { parseCalibrateOptions, calibrateHelp } = await import("./calibrate/calibrateOptions");
    const options = parseCalibrateOptions(args);
    if (options === "help") return told(calibrateHelp);
    return (await import("./calibrate/calibrate")).calibrate(options, machineTerminal(), process.env);
  },
  async config(args) {
    const { parseConfigOptions, configHelp } = await import("./config/configOptions");
    const options = parseConfigOptions(args);
    if (options === "help") return told(configHelp);
    return (await import("./config/config")).config(options, machineTerminal(), process.env);
  },
  async produce(args) {
    const { parseProduceOptions, produceHelp } = await import("./produce/produceOptions");
    const options = parseProduceOptions(args, process.env);
    if (options === "help") return told(produceHelp);
    const { thisMachine } = await import("./produce/machine");
    return (await import("./produce/produce")).produce(options, machineTerminal(), process.env, thisMachine());
  },
  async backtest(args) {
    const { parseBacktestOptions, backtestHelp } = await import("./backtest/backtestOptions");
    const options = parseBacktestOptions(args);
    if (options === "help") return told(backtestHelp);
    const { progressLine } = await import("./backtest/progressLine");
    return (await import("./backtest/backtest")).backtest(options, machineTerminal(), progressLine(process.stderr));
  },
};

function told(text: string): number {
  process.stdout.write(text);
  return 0;
}

async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command(args);
  console.error(`"${name}" is not a command; there are ${Object.keys(commands).join(", ")}.`);
  return 2;
}

runCommand(() => main(process.argv.slice(2)));
