import { strict as assert } from "node:assert";
import { calibrate } from "../../../commands/calibrate/calibrate";
import { parseCalibrateOptions } from "../../../commands/calibrate/calibrateOptions";
import { isCommandError } from "../../../commands/commandError";
import { openCommandSandbox, testTerminal, type CommandSandbox } from "../commandSandbox";

async function calibrated({ url }: CommandSandbox, ...args: string[]): Promise<string> {
  const options = parseCalibrateOptions([...args, "--sandbox", url]);
  if (options === "help") assert.fail("help");
  const terminal = testTerminal();
  assert.equal(await calibrate(options, terminal, {}), 0);
  return terminal.text();
}

describe("npm run calibrate on a sandbox", () => {
  for (const [by, config] of [
    ["CPU", {}],
    ["busy time", { "sluice:metricsLevel": "TASK" }],
  ] as const)
    it(`finds what the model's KPUs process, by ${by}, over a rescale`, async () => {
      // 16 KPUs of 30,000 records a minute: a third, then more than they are scaled for.
      const opened = await openCommandSandbox((index) => (index < 15 ? 2_700 : 7_000), config);
      try {
        await assert.rejects(
          calibrated(opened),
          (error) => isCommandError(error) && /fewer than 5 were loaded/.test(error.message),
        );
        await opened.sandbox.advance(45);
        const found = JSON.parse(await calibrated(opened, "--json", "--last", "40m"));
        assert.equal(found.by, by);
        assert.ok(Math.abs(found.recordsPerKpuPerMinute / 30_000 - 1) < 0.02, JSON.stringify(found));
        assert.ok(found.low <= found.recordsPerKpuPerMinute && found.recordsPerKpuPerMinute <= found.high);
        assert.ok(found.minutes > 15 && found.highestLoad > 0.4, JSON.stringify(found));
        const text = await calibrated(opened);
        assert.match(text, new RegExp(`about [23]\\d,\\d00 records a minute .*\\n.*by ${by}, the fullest at \\d+ %`));
        assert.match(text, /pulumi config set sluice:recordsPerKpuPerMinute (29|30)000/);
      } finally {
        await opened.close();
      }
    });
});
