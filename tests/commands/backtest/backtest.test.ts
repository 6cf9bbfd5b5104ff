import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { backtest } from "../../../commands/backtest/backtest";
import { parseBacktestOptions, type BacktestOptions } from "../../../commands/backtest/backtestOptions";
import { projectFolder } from "../../../commands/place";
import type { PolicyReport } from "../../../sandbox/report/report";

let folder: string;
let trace: string;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "backtest-"));
  trace = path.join(folder, "hill.csv");
  const rate = (i: number) => Math.round(3_000 + 6_000 * Math.exp(-(((i - 150) / 40) ** 2)));
  const row = (_: unknown, i: number) => `${new Date(Date.UTC(2026, 0, 5) + i * 60_000).toISOString()},${rate(i)}`;
  fs.writeFileSync(trace, ["time,records_per_second", ...Array.from({ length: 300 }, row)].join("\n"));
});
after(() => fs.rmSync(folder, { recursive: true }));

const options = (...args: string[]) => parseBacktestOptions(["--trace", trace, "--stack", "bench", ...args]) as BacktestOptions;

async function printed(...args: string[]): Promise<{ text: string; progress: string[]; reports: PolicyReport[] }> {
  const [lines, progress]: [string[], string[]] = [[], []];
  const terminal = { width: 120, write: (line: string) => void lines.push(line) };
  const line = { show: (text: string) => void progress.push(text), clear: () => undefined };
  assert.equal(await backtest(options(...args), terminal, line, projectFolder), 0);
  const last = lines.at(-1)!;
  return { text: lines.join("\n"), progress, reports: last.startsWith("[") ? (JSON.parse(last) as PolicyReport[]) : [] };
}

describe("npm run backtest", function () {
  this.timeout(180_000);

  it("has a row for each policy, and a multiple of the best plan", async () => {
    const { text, reports, progress } = await printed("--policy", "sluice,msf-native,clairvoyant", "--json");
    assert.deepEqual(
      reports.map(({ policy }) => policy),
      ["sluice", "msf-native", "clairvoyant"],
    );
    assert.equal(reports[1]!.stream, null);
    const [stream = "", application = ""] = text.split("Application");
    assert.match(stream, /^clairvoyant +[\d.]+ +1\.00 +0\.000 /m);
    assert.doesNotMatch(stream, /msf-native/);
    assert.match(application, /^msf-native /m);
    assert.match(progress.join("\n"), /hill\.csv: sluice 20 %\n/);
  });

  it("puts another configuration beside it, and says where they part", async () => {
    const { text, reports } = await printed("--against", "scaleOutPercent=90", "targetPercent=80", "--json");
    assert.deepEqual(
      reports.map(({ policy }) => policy),
      ["sluice", "sluice against scaleOutPercent=90 targetPercent=80"],
    );
    assert.match(text, /^They part \d+ times, for \d+ minutes/m);
    assert.match(text, /2026-01-05 \d\d:\d\d to .* UTC: \d+ shards against \d+ at most \(this: bench-stream: \d+ asked for/);
  });

  it("is a comment for a pull request", async () => {
    const { text } = await printed("--against", path.join(projectFolder, "Pulumi.bench.yaml"), "--markdown");
    assert.match(text, /^\| cost, USD \| [\d.]+ \| [\d.]+ \|$/m);
    assert.match(text, /They never part/);
  });

  const refused = async (pattern: RegExp, ...args: string[]) =>
    assert.rejects(printed(...args), (error: Error) => pattern.test(error.message) && !error.message.includes("\n    at"));

  it("says in a sentence what can't be", async () => {
    await refused(/no file and no git revision "no-such-thing"/, "--against", "no-such-thing");
    await refused(/there is no such key/, "--against", "nonsense=1");
    await refused(/--against targetPercent=: say KEY=VALUE/, "--against", "targetPercent=");
    await refused(/No prices are known for eu-west-9; there are those of us-east-1/, "--prices", "eu-west-9");
  });

  it("takes prices of one's own", async () => {
    const file = path.join(folder, "prices.json");
    fs.writeFileSync(file, '{"shardHour": 0.03}');
    const cost = async (...args: string[]) => (await printed("--policy", "static-peak", "--json", ...args)).reports[0]!.stream!;
    const [own, list] = [await cost("--prices", file), await cost()];
    assert.ok(Math.abs(own.costUsd - 2 * list.costUsd) < 0.001);
    fs.writeFileSync(file, '{"shardHours": 0.03}');
    await refused(/"shardHours" is no price; there are shardHour, /, "--prices", file);
  });
});

describe("the options of npm run backtest", () => {
  it("have all problems at once", () => {
    const wrong = () => parseBacktestOptions(["--policy", "best", "--record-bytes", "0", "extra"]);
    assert.throws(wrong, /4 problems.*no policy best; there are all, sluice, .*whole number.*--trace FILE is needed.*"extra"/s);
  });

  it("know all policies, each once", () => {
    assert.equal(options("--policy", "all").policies.length, 17);
    assert.deepEqual(options("--policy", "sluice,sluice").policies, ["sluice"]);
    assert.deepEqual(options().policies, ["sluice"]);
  });
});
