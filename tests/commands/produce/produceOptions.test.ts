import { strict as assert } from "node:assert";
import { parseProduceOptions } from "../../../commands/produce/produceOptions";
import { problemsOf } from "../problems";

const problems = (...args: string[]) => problemsOf(() => parseProduceOptions(args, {}), "produce");

function parsed(line: string, environment: NodeJS.ProcessEnv = {}) {
  const options = parseProduceOptions(line.split(" ").filter(Boolean), environment);
  return options === "help" ? assert.fail("help") : options;
}

describe("the options of produce", () => {
  it("send the trips of SLUICE_TRACES as fast as they were recorded, unless told otherwise", () => {
    const { work, times, badLines, ordered, metrics, json, stream, forSeconds, seed } = parsed("", { SLUICE_TRACES: "traces" });
    assert.deepEqual(work, { kind: "trips", file: "traces/green_2020-10-05_6days_by_pickup.jsonl", speedup: 1 });
    assert.deepEqual(
      { times, badLines, ordered, metrics, json },
      {
        ...{ times: "recorded", badLines: "refuse", ordered: true, metrics: false, json: false },
      },
    );
    assert.deepEqual({ stream, forSeconds, seed }, { stream: undefined, forSeconds: undefined, seed: 1 });
  });

  it("are all read", () => {
    const line =
      "--trips a.jsonl --rate 1.5 --for 1.5h --times now --bad-lines count --unordered --metrics --seed 7 --stream s --json " +
      "--stack prod --pipeline orders --region eu-west-1 --sandbox";
    assert.deepEqual(parsed(line), {
      ...{ work: { kind: "trips", file: "a.jsonl", rate: 1.5 }, forSeconds: 5_400, times: "now", badLines: "count" },
      ...{ ordered: false, metrics: true, seed: 7, stream: "s", json: true },
      ...{ stack: "prod", pipeline: "orders", region: "eu-west-1", sandbox: "http://127.0.0.1:4511" },
    });
    assert.deepEqual(parsed("--trace a.csv --speedup 60").work, { kind: "trace", file: "a.csv", speedup: 60 });
    assert.deepEqual(parsed("--made --rate 200").work, { kind: "made", rate: 200 });
  });

  it("are refused with every problem at once", () => {
    const line = "x --trips a --trace b --speedup 0 --rate 2e3 --for 5 --times then --bad-lines no --seed -1 --stream a/b";
    assert.deepEqual(problems(...line.split(" ")), [
      '--speedup must be times, from 0.001 to 1000000, got "0"',
      '--rate must be records a second, from 0.001 to 1000000, got "2e3"',
      '--for must be a time up to 1000h such as 90s, 10m or 2h, got "5"',
      '--times must be recorded or now, got "then"',
      '--bad-lines must be refuse or count, got "no"',
      '--seed must be a whole number from 0 to 2147483647, got "-1"',
      '--stream must be a stream\'s name (letters, digits, - _ .), got "a/b"',
      'unexpected argument "x"; options begin with --',
      "--trips, --trace and --made exclude each other: one of them says what is sent",
    ]);
  });

  const contradictions: [string, string][] = [
    ["", "nothing to send: say --trips FILE, --trace FILE or --made, or set SLUICE_TRACES to a folder with trips"],
    ["--made", "--made needs --rate"],
    ["--made --rate 2 --speedup 3", "--speedup and --rate exclude each other"],
    ["--trips a --rate 2 --speedup 3", "--speedup and --rate exclude each other"],
    ["--trace a --rate 2", "--trace says the rates itself; --rate goes with --trips and --made"],
  ];
  for (const [line, problem] of contradictions) {
    it(`are refused when they contradict each other: ${line || "none"}`, () =>
      assert.equal(problems(...line.split(" ").filter(Boolean))[0], problem));
  }

  it("give help", () => assert.equal(parseProduceOptions(["--help"], {}), "help"));
});
