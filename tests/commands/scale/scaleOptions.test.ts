import { strict as assert } from "node:assert";
import { parseScaleOptions, scaleHelp } from "../../../commands/scale/scaleOptions";
import { problemsOf } from "../problems";

const problems = (...args: string[]) => problemsOf(() => parseScaleOptions(args), "scale");

function parsed(...args: string[]) {
  const options = parseScaleOptions(args);
  return options === "help" ? assert.fail("help") : options;
}

describe("the options of scale", () => {
  for (const [text, amount] of [
    ["--by 2", { is: "count", by: 2 }],
    ["--by +2", { is: "count", by: 2 }],
    ["--by -2", { is: "count", by: -2 }],
    ["--by=-2", { is: "count", by: -2 }],
    ["--by 25%", { is: "percent", by: 25 }],
    ["--by -12.5%", { is: "percent", by: -12.5 }],
    ["--to 16", { is: "exact", to: 16 }],
  ] as const) {
    it(`read ${text}`, () => assert.deepEqual(parsed("stream", ...text.split(" ")).amount, amount));
  }

  it("change something, ask and wait unless told otherwise, on AWS", () => {
    assert.deepEqual(parsed("flink", "--to", "4"), {
      kind: "flink",
      amount: { is: "exact", to: 4 },
      ...{ stack: undefined, pipeline: undefined, sandbox: undefined, region: undefined, endpoint: undefined },
      ...{ dryRun: false, yes: false, noWait: false },
    });
  });

  it("take the sandbox's address or its default, wherever the option stands", () => {
    assert.equal(parsed("--sandbox", "stream", "--by", "1").sandbox, "http://127.0.0.1:4511");
    assert.equal(parsed("stream", "--by", "1", "--sandbox").sandbox, "http://127.0.0.1:4511");
    assert.equal(parsed("stream", "--by", "1", "--sandbox", "http://localhost:5001/").sandbox, "http://localhost:5001");
    assert.equal(parsed("stream", "--by", "1", "--sandbox=http://127.0.0.1:5001").sandbox, "http://127.0.0.1:5001");
  });

  it("send the sandbox's key to this machine only", () => {
    assert.match(
      problems("stream", "--by", "1", "--sandbox", "http://example.com:4511")[0] ?? "",
      /^--sandbox must be the AWS endpoint/,
    );
    assert.match(
      problems("stream", "--by", "1", "--sandbox", "https://127.0.0.1:4511")[0] ?? "",
      /^--sandbox must be the AWS endpoint/,
    );
  });

  it("are refused with every problem at once", () => {
    assert.deepEqual(problems("shards", "5", "--by", "0", "--stak", "dev", "--region", "nowhere", "--yes=1"), [
      '--by must be a whole number such as 2 or -2, or a percent such as 25% or -25%, but not 0, got "0"',
      "--stak is not an option; there are --by, --to, --dry-run, --yes, --no-wait, --stack, --pipeline, --sandbox, --region, --endpoint, --help",
      '--region must be a region such as eu-central-1, got "nowhere"',
      '--yes takes no value, got "1"',
      '"shards" can\'t be scaled: it must be stream or flink',
      'unexpected argument "5"; numbers follow --by or --to',
      'unexpected argument "dev"',
    ]);
  });

  it("need to know what, and how far in exactly one way", () => {
    assert.deepEqual(problems(), ["say what to scale: stream or flink", "say how far: --by N, --by P% or --to N"]);
    assert.deepEqual(problems("stream", "--by", "1", "--to", "4"), ["--by and --to exclude each other"]);
    assert.deepEqual(problems("stream", "--by"), ["--by needs a value: --by N|P%"]);
  });

  for (const text of ["1.5", "x", "%", "1e3", "25 %", "-0", "0%", "2000000", "--yes"]) {
    it(`refuse --by ${text}`, () => assert.match(problems("stream", "--by", text)[0] ?? "", /^--by /));
  }
  for (const text of ["-1", "0", "1.5", "50%", "x", "1000001"]) {
    it(`refuse --to ${text}`, () => assert.match(problems("stream", "--to", text)[0] ?? "", /^--to must be a whole number/));
  }
  it("refuse to take away more than everything", () =>
    assert.deepEqual(problems("stream", "--by", "-101%"), ['--by can\'t take away more than 100%, got "-101%"']));

  it("take a scaling API's URL as pulumi stack output prints it, and nothing else", () => {
    const url = "https://a1b2c3.execute-api.eu-central-1.amazonaws.com/v1";
    assert.equal(parsed("stream", "--by", "1", "--endpoint", `${url}/`).endpoint, url);
    assert.match(problems("stream", "--by", "1", "--endpoint", "https://example.com/v1")[0] ?? "", /^--endpoint must be https:/);
  });

  it("give help whatever else is wrong, and the help names every option", () => {
    assert.equal(parseScaleOptions(["nonsense", "--help"]), "help");
    for (const name of ["--by N|P%", "--to N", "--dry-run", "--yes", "--no-wait", "--stack", "--sandbox [URL]", "--region"])
      assert.ok(scaleHelp.includes(name), name);
  });
});
