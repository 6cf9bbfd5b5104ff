import { strict as assert } from "node:assert";
import { isCommandError } from "../../../commands/commandError";
import { explain } from "../../../commands/explain/explain";
import { parseExplainOptions } from "../../../commands/explain/explainOptions";
import { scale } from "../../../commands/scale/scale";
import { parseScaleOptions } from "../../../commands/scale/scaleOptions";
import { openCommandSandbox, testTerminal, type CommandSandbox } from "../commandSandbox";

/** Half of 8 shards and 16 KPUs for 20 minutes, then seven eighths. */
const rising = (index: number) => (index < 20 ? 4_000 : 7_000);

async function explained({ url }: CommandSandbox, line: string): Promise<string> {
  const terminal = testTerminal();
  const options = parseExplainOptions([...line.split(" "), "--sandbox", url]);
  if (options === "help") assert.fail("help");
  const code = await explain(options, terminal, {});
  assert.equal(code, 0);
  return terminal.text();
}

describe("npm run explain on a sandbox", () => {
  let opened: CommandSandbox;
  before(async () => {
    opened = await openCommandSandbox(rising, { "sluice:maxShards": 8 });
    await opened.sandbox.advance(45);
    const options = parseScaleOptions(`flink --by 2 --yes --sandbox ${opened.url}`.split(" "));
    if (options === "help") assert.fail("help");
    await scale(
      options,
      testTerminal(() => opened.sandbox.advance(1)),
      {},
    );
  });
  after(() => opened.close());

  const run = (line: string) => explained(opened, line);

  it("says where, from when to when in the sandbox's time, and how much happened", async () => {
    const [place, summary] = (await run("--last 1h")).split("\n");
    assert.equal(place, `Stack dev, account 123456789012, region us-east-1, on the sandbox at ${opened.url}`);
    assert.match(
      summary ?? "",
      /^2026-01-04 23:\d\d to 2026-01-05 00:\d\d UTC: 2 scalings done \(2 out, 0 in\), 1 that did not happen$/,
    );
  });

  it("explains a policy's scaling: signal with values, threshold, policy with step, calls", async () => {
    const text = await run("flink --last 1h");
    assert.match(
      text,
      new RegExp(
        [
          "00:2\\d {2}flink {3}16 -> \\d+ KPUs {7}done after \\d minutes",
          "why {5}Application utilisation [\\d., ]+ % was at or above 75 % in \\d of \\d minutes",
          "rule {4}policy dev-flink-scale-out-policy: adds \\d+ %, \\d+ s of cooldown afterwards",
          "00:2\\d {3}UpdateApplication from 16 to \\d+ KPUs",
        ].join("(.|\\n)*"),
      ),
    );
    assert.doesNotMatch(text, /stream {2}/);
  });

  it("explains why a policy that was triggered did not scale", async () => {
    const text = await run("stream --last 1h");
    assert.match(
      text,
      new RegExp(
        [
          "00:2\\d {2}stream {2}8 shards {12}not scaled",
          "why {5}Stream utilisation [\\d., ]*87.5[\\d., ]* % was at or above 75 %",
          "result {2}not scaled: already at the maximum \\(8\\); \\d+ times until 00:",
        ].join("(.|\\n)*"),
      ),
    );
  });

  it("explains a scaling by hand", async () => {
    assert.match(
      await run("flink --last 10m"),
      /\d+ -> \d+ KPUs {7}done after 2 minutes\n {7}why {5}A request to the scaling API that is not a policy's/,
    );
  });

  it("gives the same as JSON, with times in ISO 8601", async () => {
    const list = JSON.parse(await run("--last 1h --json")) as Record<string, unknown>[];
    const byHand = list.findLast(({ id }) => id === "dev-flink");
    assert.equal(byHand?.outcome, "done");
    assert.match(String(byHand?.time), /^2026-01-05T00:4\d:00\.000Z$/);
    assert.deepEqual(new Set(list.map(({ outcome }) => outcome)), new Set(["noted", "done", "notScaled"]));
  });

  it("looks back no further than asked", async () => {
    assert.doesNotMatch(await run("flink --last 5m"), /16 -> /);
  });

  it("names the stacks that there are when it knows no such stack", async () => {
    const error = await run("--stack prod --region us-east-1").then(
      () => assert.fail("no error"),
      (failed: unknown) => failed,
    );
    assert.ok(isCommandError(error));
    assert.match(error.message, /no scalable dimension "prod-stream" in us-east-1: there are the stacks dev/);
  });

  it("says that the sandbox isn't running", async () => {
    const options = parseExplainOptions(["--sandbox", "http://127.0.0.1:9"]);
    if (options === "help") assert.fail("help");
    await assert.rejects(
      explain(options, testTerminal(), {}),
      /^CommandError: The sandbox doesn't answer at http:\/\/127\.0\.0\.1:9/,
    );
  });
});

describe("npm run explain on a stack whose stream observes and whose application may not scale out", () => {
  it("tells what would have been scaled beside what is there, and the direction that is suspended", async () => {
    const opened = await openCommandSandbox(rising, {
      "sluice:streamMode": "observe",
      "sluice:applicationScaling": { suspended: ["out"] },
    });
    try {
      await opened.sandbox.advance(45);
      const [, summary, ...told] = (await explained(opened, "--last 1h")).split("\n");
      assert.match(
        summary ?? "",
        /: 0 scalings done \(0 out, 0 in\), 1 that would have been done \(1 out, 0 in\), 1 that did not happen$/,
      );
      assert.match(
        told.join("\n"),
        new RegExp(
          [
            "00:2\\d {2}stream {2}8 -> 14 shards {6}would have scaled \\(observe\\)\n",
            "why {5}Stream utilisation [\\d., ]+ % was at or above 75 % in \\d of \\d minutes",
            "rule {4}policy dev-stream-scale-out-policy: adds \\d+ %, \\d+ s of cooldown afterwards",
            "result {2}14 asked for, 8 there: observe mode changes nothing",
          ].join("(.|\\n)*"),
        ),
      );
      assert.match(told.join("\n"), /00:2\d {2}flink +not scaled\n(.|\n)*result {2}not scaled: scaling out is suspended/);
    } finally {
      await opened.close();
    }
  });
});
