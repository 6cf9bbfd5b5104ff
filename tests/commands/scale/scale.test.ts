import { strict as assert } from "node:assert";
import { isCommandError } from "../../../commands/commandError";
import { scale } from "../../../commands/scale/scale";
import { parseScaleOptions } from "../../../commands/scale/scaleOptions";
import { isInputError } from "../../../sandbox/inputError";
import { openCommandSandbox, testTerminal, type CommandSandbox } from "../commandSandbox";

/** Half of what the dev stack's 8 shards and 16 KPUs take: no policy moves. */
const quiet = () => 4_000;

describe("npm run scale on a sandbox", () => {
  let opened: CommandSandbox;
  before(async () => {
    opened = await openCommandSandbox(quiet);
    await opened.sandbox.advance(3);
  });
  after(() => opened.close());

  const shards = () => opened.sandbox.cloud.kinesis.billing("sluice-dev");
  const run = async (line: string, answer?: string, pause = () => opened.sandbox.advance(1)) => {
    const terminal = testTerminal(pause, answer);
    const options = parseScaleOptions([...line.split(" "), "--sandbox", opened.url]);
    if (options === "help") assert.fail("help");
    const code = await scale(options, terminal, {});
    return { code, text: terminal.text() };
  };
  const runs = async (line: string) =>
    run(line).then(
      () => assert.fail("no error"),
      (error: Error) => error,
    );

  it("says account, region, from and to, calls, time and that the policies go on, and changes nothing in a dry run", async () => {
    const { code, text } = await run("stream --by 25% --dry-run");
    assert.equal(code, 0);
    assert.equal(
      text,
      [
        `Stack dev, account 123456789012, region us-east-1, on the sandbox at ${opened.url}`,
        "Stream sluice-dev: 8 shards, 1 to 64 allowed",
        "",
        "  change      8 -> 10 shards (by +25 % of 8, which is +2)",
        "  calls       1 UpdateShardCount call (8 -> 10); 10 of the day's 10 updates are left",
        "  time        about 3 minutes; the scaler begins with its next run, within a minute",
        "  afterwards  the scaling policies go on and may scale it back in; to hold it, set minShards and run pulumi up",
        "",
        "Dry run: nothing was changed.",
        "",
      ].join("\n"),
    );
    await opened.sandbox.advance(3);
    assert.match((await run("stream --by 1 --dry-run")).text, /Stream sluice-dev: 8 shards,/);
  });

  it("asks on a terminal and takes anything but yes for no", async () => {
    const { code, text } = await run("stream --by 2", "n");
    assert.equal(code, 1);
    assert.match(text, /Do it\? \[y\/N\] Nothing was changed\.\n$/);
  });

  it("scales the stream by a count through the scaler, and follows it to the end", async () => {
    const before = shards().shardHours;
    const { code, text } = await run("stream --by 2", "y");
    assert.equal(code, 0);
    assert.match(
      text,
      /Accepted: 10 shards are desired\.\nPending: 8 of 10 shards\nInProgress: 8 of 10 shards\nDone: 10 shards\.\n$/,
    );
    assert.ok(shards().shardHours > before);
  });

  it("scales the application to an exact number, asking nobody with --yes", async () => {
    const { code, text } = await run("flink --to 20 --yes");
    assert.equal(code, 0);
    assert.match(text, /Application sluice-dev: 16 KPUs, 1 to 64 allowed/);
    assert.match(text, /1 UpdateApplication call \(parallelism 20\): the application restarts and reads nothing for about 60 s/);
    assert.match(text, /Done: 20 KPUs\.\n$/);
  });

  it("says which number is accepted where the bounds end", async () => {
    const { text } = await run("stream --to 1000 --dry-run");
    assert.match(text, /10 -> 64 shards \(to exactly 1000\)\n {14}1000 was asked for, 64 is the bound\n/);
    assert.match(text, /3 UpdateShardCount calls \(10 -> 20 -> 40 -> 64\)/);
  });

  it("does nothing for what is there already", async () => {
    const { code, text } = await run("flink --to 20 --yes");
    assert.equal(code, 0);
    assert.match(text, /Nothing to do: 20 KPUs are there already\.\n$/);
    assert.doesNotMatch(text, /Accepted/);
  });

  it("ends after the request with --no-wait", async () => {
    const { code, text } = await run("stream --to 8 --no-wait");
    assert.equal(code, 0);
    assert.match(text, /Accepted: 8 shards are desired\.\n$/);
    await opened.sandbox.advance(5);
  });

  it("says that the sandbox's time stands still, isn't throttled meanwhile, and ends without waiting for ever", async () => {
    opened.timeStands = true;
    const { clock } = opened.sandbox.cloud;
    let looks = 0;
    const { code, text } = await run("stream --to 9", undefined, async () => {
      looks++;
      clock.stand(250);
    });
    opened.timeStands = false;
    assert.equal(code, 0);
    assert.match(text, /Accepted: 9 shards are desired\.\n(Pending: 8 of 9 shards\n)?The sandbox's time stands still/);
    assert.match(text, /not waited for any longer: 9 shards come when the sandbox's time goes on\.\n$/);
    assert.ok(looks > 100, "fewer looks than a minute's burst of the API");
    await opened.sandbox.advance(5);
    assert.match((await run("stream --by 1 --dry-run")).text, /Stream sluice-dev: 9 shards,/);
    await run("stream --to 8");
  });

  it("names the stacks that there are when it knows no such stack", async () => {
    const error = await runs("stream --by 1 --stack prod --region us-east-1");
    assert.ok(isCommandError(error));
    assert.match(error.message, /no scalable dimension "prod-stream" in us-east-1: there are the stacks dev \(--stack NAME\)/);
  });

  it("says what to do when the sandbox's stack is in another region", async () => {
    const error = await runs("stream --by 1 --region eu-west-1");
    assert.match(error.message, /in another region than eu-west-1: say --stack NAME as npm start was told/);
  });

  it("says that the sandbox isn't running", async () => {
    const options = parseScaleOptions("stream --by 1 --sandbox http://127.0.0.1:9".split(" "));
    if (options === "help") assert.fail("help");
    const error = await scale(options, testTerminal(), {}).then(
      () => assert.fail("no error"),
      (failed: Error) => failed,
    );
    assert.ok(isCommandError(error));
    assert.match(error.message, /^The sandbox doesn't answer at http:\/\/127\.0\.0\.1:9\. Start it with npm start/);
  });

  it("says that there is no region", async () => {
    const options = parseScaleOptions("stream --by 1 --stack nowhere".split(" "));
    if (options === "help") assert.fail("help");
    const error = await scale(options, testTerminal(), {}).then(
      () => assert.fail("no error"),
      (failed: Error) => failed,
    );
    assert.ok(isInputError(error));
    assert.match(error.message, /^No region: say --region, or aws:region in Pulumi\.nowhere\.yaml, or set AWS_REGION\.$/);
  });
});

describe("npm run scale on a stack in observe mode", () => {
  it("says that nothing is changed, and doesn't wait for it", async () => {
    const { sandbox, url, close } = await openCommandSandbox(quiet, { "sluice:mode": "observe" });
    try {
      await sandbox.advance(3);
      const terminal = testTerminal(() => assert.fail("it waits"));
      const options = parseScaleOptions(`stream --by 2 --sandbox ${url}`.split(" "));
      if (options === "help") assert.fail("help");
      assert.equal(await scale(options, terminal, {}), 0);
      assert.match(terminal.text(), /Observe mode: the scaler notes what it would do, and changes nothing\.\n$/);
      await sandbox.advance(2);
      const again = testTerminal(() => assert.fail("it waits"));
      assert.equal(await scale({ ...options, amount: { is: "exact", to: 10 } }, again, {}), 0);
      assert.match(again.text(), /\nStream sluice-dev: 8 shards, 10 desired \(observe mode\), 1 to 64 allowed\n/);
      assert.match(again.text(), /Nothing to do: 10 shards are asked for already\.\n$/);
    } finally {
      await close();
    }
  });
});

describe("npm run scale on a stream in on-demand mode", () => {
  it("promises no UpdateShardCount", async () => {
    const { sandbox, url, close } = await openCommandSandbox(quiet);
    try {
      const { cloud } = sandbox;
      const StreamARN = `arn:aws:kinesis:${cloud.region}:${cloud.account}:stream/sluice-dev`;
      await cloud.call(
        "kinesis",
        "UpdateStreamMode",
        { StreamARN, StreamModeDetails: { StreamMode: "ON_DEMAND" } },
        cloud.deployer,
      );
      await sandbox.advance(3);
      const terminal = testTerminal(() => assert.fail("it waits"));
      const options = parseScaleOptions(`stream --to 20 --dry-run --sandbox ${url}`.split(" "));
      if (options === "help") assert.fail("help");
      assert.equal(await scale(options, terminal, {}), 0);
      assert.match(terminal.text(), /calls +none: the stream is in on-demand mode: AWS scales it\n/);
      assert.doesNotMatch(terminal.text(), /UpdateShardCount/);
    } finally {
      await close();
    }
  });
});
