import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { isInputError } from "../../sandbox/inputError";
import { defaultOptions, helpText, parseOptions } from "../../sandbox/options";

/** The problems that `args` give, without title and hint. */
function problems(...args: string[]): string[] {
  try {
    parseOptions(args);
  } catch (error) {
    assert.ok(isInputError(error), String(error));
    assert.equal(error.exitCode, 2);
    const lines = error.message.split("\n");
    assert.match(lines[0] ?? "", /^Invalid option/);
    assert.equal(lines.at(-1), "See npm start -- --help");
    return lines.slice(1, -1).map((line) => line.replace(/^ {2}- /, ""));
  }
  return assert.fail("no error");
}

describe("the sandbox's options", () => {
  it("have defaults", () => {
    assert.deepEqual(parseOptions([]), defaultOptions);
    assert.deepEqual(
      { stack: "dev", speed: 480, port: undefined, recordBytes: 500, metricDelay: 60 },
      (({ stack, speed, port, recordBytes, metricDelay }) => ({ stack, speed, port, recordBytes, metricDelay }))(defaultOptions),
    );
  });

  it("are all read, with a space or an equals sign", () => {
    const args =
      "--stack bench --config-file stacks/mine.yaml --trace=day.csv --until 7d --speed max --headless --json --seed 9 --port=0 --record-bytes 1000 --metric-delay random --real-sdk";
    assert.deepEqual(parseOptions(args.split(" ")), {
      stack: "bench",
      configFile: "stacks/mine.yaml",
      trace: "day.csv",
      untilMinutes: 10080,
      speed: "max",
      headless: true,
      json: true,
      seed: 9,
      port: 0,
      recordBytes: 1000,
      metricDelay: "random",
      realSdk: true,
      flink: "model",
      help: false,
    });
  });

  it("run a real job in the machine's time, with servers and with clients that send", () => {
    const { flink, speed } = parseOptions(["--flink", "real"]);
    assert.deepEqual([flink, speed], ["real", 1]);
    assert.equal(parseOptions(["--speed", "20", "--flink=real"]).speed, 20);
    assert.deepEqual(problems("--flink", "real", "--trace", "day.csv", "--headless", "--speed", "max"), [
      "--trace goes with the model: with --flink real clients send the records",
      "--headless goes with the model: with --flink real the job and its clients need the servers",
      "--speed is at most 20 with --flink real: the job doesn't run faster than the machine does",
    ]);
    assert.deepEqual(problems("--flink", "fake"), ['--flink must be "model" or "real", got "fake"']);
  });

  for (const [text, minutes] of [
    ["90m", 90],
    ["24h", 1440],
    ["7d", 10080],
    ["1.5h", 90],
    ["0.5d", 720],
  ] as const) {
    // prettier-ignore
    it(`read a duration of ${text}`, () => assert.equal(parseOptions(["--until", text]).untilMinutes, minutes));
  }

  for (const text of ["0m", "24", "h", "-1h", "1w", "1.3m", "367d", "1e3h", "NaNd", " 1h"]) {
    it(`refuse a duration of "${text}"`, () => {
      assert.deepEqual(problems("--until", text), [
        `--until must be a time of whole minutes from 1m to 366d such as 90m, 24h or 7d, got "${text}"`,
      ]);
    });
  }

  for (const [name, texts, allowed] of [
    ["speed", ["0", "-3", "fast", "1e9", "0x10"], 'must be "max" or simulated seconds per second from 1 to 1000000'],
    ["seed", ["-1", "1.5", "2147483648", "x"], "must be a seed, a whole number from 0 to 2147483647"],
    [
      "port",
      ["80", "65534", "-1", "http"],
      "must be 0 (any free ports) or a port from 1024 to 65533 (the next ones are used too)",
    ],
    ["record-bytes", ["0", "10485761", "1k"], "must be a record's size in bytes, a whole number from 1 to 10485760"],
    ["metric-delay", ["-1", "601", "often"], 'must be "random" or whole seconds from 0 to 600'],
    ["stack", ["../dev", "a b", "-"], "must be a stack's name (letters, digits, - _ .)"],
  ] as const) {
    for (const text of texts) {
      it(`refuse --${name} ${text} and say what is allowed`, () => {
        assert.deepEqual(problems(`--${name}`, text), [`--${name} ${allowed}, got "${text}"`]);
      });
    }
  }

  it("tell every problem at once, in order", () => {
    assert.deepEqual(problems("day.csv", "--sped", "3", "--port=80", "--json=yes", "--stack", "--until"), [
      'unexpected argument "day.csv"; options begin with --',
      "--sped is not an option; did you mean --speed?",
      'unexpected argument "3"; options begin with --',
      '--port must be 0 (any free ports) or a port from 1024 to 65533 (the next ones are used too), got "80"',
      '--json takes no value, got "yes"',
      "--stack needs a value: --stack NAME",
    ]);
  });

  it("take the stack's name from its file where --stack doesn't say it", () => {
    const stackOf = (...args: string[]) => parseOptions(args).stack;
    assert.equal(stackOf("--config-file", "stacks/Pulumi.office-hours.yaml"), "office-hours");
    assert.equal(stackOf("--stack", "mine", "--config-file", "stacks/Pulumi.office-hours.yaml"), "mine");
    for (const file of ["stacks/mine.yaml", "Pulumi.yaml", "Pulumi.mine.yaml.bak"])
      assert.deepEqual(problems("--config-file", file), [
        "--config-file names no stack unless it is Pulumi.NAME.yaml; say --stack NAME",
      ]);
  });

  it("refuse a value that is missing at the end or empty", () => {
    assert.deepEqual(problems("--trace"), ["--trace needs a value: --trace FILE"]);
    assert.deepEqual(problems("--trace="), ["--trace needs a value: --trace FILE"]);
  });

  it("refuse an option that is given twice", () => {
    assert.deepEqual(problems("--seed", "1", "--seed", "2"), ["--seed is given more than once"]);
  });

  it("refuse what isn't an option and suggest nothing where nothing is near", () => {
    assert.deepEqual(problems("--verbose"), ["--verbose is not an option"]);
    assert.deepEqual(problems("-x"), ["-x is not an option"]);
    assert.deepEqual(problems("--__proto__"), ["--__proto__ is not an option"]);
  });

  it("ask for help with --help or -h, whatever else is wrong", () => {
    assert.equal(parseOptions(["--help"]).help, true);
    assert.equal(parseOptions(["--port", "x", "-h"]).help, true);
  });

  it("never crash: they give options or an error with exit code 2", () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom("--", "--speed", "--until=", "--no-json", "--json", "-h", "-hh", "--=x", "max"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (args) => {
        try {
          parseOptions(args);
        } catch (error) {
          assert.ok(isInputError(error), String(error));
        }
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it("each have a line in the help", () => {
    for (const name of [
      "stack",
      "config-file",
      "trace",
      "until",
      "speed",
      "headless",
      "json",
      "seed",
      "port",
      "record-bytes",
      "metric-delay",
      "flink",
      "real-sdk",
      "help",
    ]) {
      assert.match(helpText, new RegExp(`^  --${name}[ \\n]`, "m"));
    }
    assert.ok(helpText.split("\n").every((line) => line.length <= 100));
  });
});
