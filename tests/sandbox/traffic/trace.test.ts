import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { isInputError } from "../../../sandbox/inputError";
import { parseTrace, readTrace, traceLimits } from "../../../sandbox/traffic/trace";
import { describeWithTraces } from "../../support/traces";

const header = "time,records_per_second";

/** The message of the TraceError that `run` throws. */
function problem(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(isInputError(error), String(error));
    assert.equal(error.name, "TraceError");
    assert.equal(error.exitCode, 2);
    return error.message;
  }
  return assert.fail("no error");
}
const problemOf = (...lines: string[]) => problem(() => parseTrace(lines.join("\n"), "day.csv"));

describe("a trace file", () => {
  it("is read with its name, its start and a rate for each minute", () => {
    const trace = parseTrace(`${header}\n2025-01-06T09:00:00Z,1500\n2025-01-06T09:01:00Z,1600.5\n`, "traces/day.csv");
    assert.equal(trace.name, "day.csv");
    assert.equal(trace.start, Date.UTC(2025, 0, 6, 9));
    assert.deepEqual([...trace.rates], [1500, 1600.5]);
  });

  it("may have a byte order mark, Windows line ends, spaces around values and empty lines at its end", () => {
    const trace = parseTrace(`\uFEFF${header}\r\n2025-01-06T09:00Z , 1e3\r\n2025-01-06T09:01:00.000Z,.5\r\n\r\n`, "day.csv");
    assert.deepEqual([...trace.rates], [1000, 0.5]);
  });

  const time = "2025-01-06T09:00:00Z";
  for (const [name, lines, message] of [
    ["an empty file", [""], `day.csv:1: the file is empty; expected the header "${header}" and at least one line`],
    [
      "a header alone",
      [header],
      `day.csv:1: no data after the header; expected at least one line such as "2025-01-06T09:00:00Z,1500"`,
    ],
    ["no header", [`${time},1`], `day.csv:1: no header: expected "${header}", got "${time},1"`],
    ["another header", ["a,b", `${time},1`], `day.csv:1: no header: expected "${header}", got "a,b"`],
    ["a negative rate", [header, `${time},-3`], "day.csv:2: records_per_second must not be negative, got -3"],
    ["a rate that is no number", [header, `${time},many`], 'day.csv:2: records_per_second must be a number, got "many"'],
    ["an empty rate", [header, `${time},`], 'day.csv:2: records_per_second must be a number, got ""'],
    ["NaN", [header, `${time},NaN`], 'day.csv:2: records_per_second must be a number, got "NaN"'],
    ["Infinity", [header, `${time},Infinity`], 'day.csv:2: records_per_second must be a number, got "Infinity"'],
    ["a rate beyond any stream", [header, `${time},1e300`], "day.csv:2: records_per_second must be at most 100000000, got 1e300"],
    ["a missing column", [header, time], `day.csv:2: expected 2 columns (${header}), got 1 in "${time}"`],
    ["a third column", [header, `${time},1,2`], `day.csv:2: expected 2 columns (${header}), got 3 in "${time},1,2"`],
    ["an empty line", [header, "", `${time},1`], `day.csv:2: expected 2 columns (${header}), got an empty line`],
    ["equal times", [header, `${time},1`, `${time},1`], `day.csv:3: times must ascend: ${time} is not after ${time}`],
    [
      "descending times",
      [header, `${time},1`, "2025-01-06T08:59:00Z,1"],
      `day.csv:3: times must ascend: 2025-01-06T08:59:00Z is not after ${time}`,
    ],
  ] as const) {
    it(`with ${name} is refused with file, line and reason`, () => assert.equal(problemOf(...lines), message));
  }

  for (const time of [
    "yesterday",
    "2025-01-06 09:00:00Z",
    "2025-01-06T09:00:00",
    "2025-01-06T09:00:00+1",
    "2025-01-06T09:00:00+24:00",
    "2025-01-06T09:00:00.0000000000Z",
    "2025-01-06T09:60:00Z",
    "2025-01-06T09:00:60Z",
    "-000001-01-06T09:00:00Z",
    "12025-01-06T09:00:00Z",
    "2025-02-29T00:00:00Z",
    "2025-02-30T00:00:00Z",
    "2025-13-01T00:00:00Z",
    "2025-01-06T24:00:00Z",
    "1736154000",
  ]) {
    it(`with the time ${time} is refused`, () => {
      assert.equal(
        problemOf(header, `${time},1`),
        `day.csv:2: invalid time "${time}": expected ISO 8601 with Z or an offset such as 2025-01-06T09:00:00Z`,
      );
    });
  }

  it("with a time in a far future is refused", () => {
    assert.equal(
      problemOf(header, "9999-12-31T23:20:00Z,1"),
      'day.csv:2: the time "9999-12-31T23:20:00Z" is not before the year 2500',
    );
  });

  for (const [time, iso] of [
    ["2025-01-06T09:00:00.123456Z", "2025-01-06T09:00:00.123Z"],
    ["2025-01-06T09:00:00.000000Z", "2025-01-06T09:00:00.000Z"],
    ["2025-01-06T09:00:00.5Z", "2025-01-06T09:00:00.500Z"],
    ["2025-01-06T09:00:00.123456789+00:00", "2025-01-06T09:00:00.123Z"],
    ["2025-01-06T09:00:00+00:00", "2025-01-06T09:00:00.000Z"],
    ["2025-01-06T09:00:00-00:00", "2025-01-06T09:00:00.000Z"],
    ["2025-01-06T09:00:00+0000", "2025-01-06T09:00:00.000Z"],
    ["2025-01-06t09:00z", "2025-01-06T09:00:00.000Z"],
    ["2025-01-06T00:30:00+05:45", "2025-01-05T18:45:00.000Z"],
    ["2025-12-31T23:30:00-08:00", "2026-01-01T07:30:00.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["1969-12-31T23:59:00Z", "1969-12-31T23:59:00.000Z"],
  ] as const) {
    it(`with the time ${time} begins at ${iso}`, () => {
      assert.equal(new Date(parseTrace(`${header}\n${time},1`, "day.csv").start).toISOString(), iso);
    });
  }

  it("tells all problems at once, two of one line and those of a first line without header too", () => {
    assert.deepEqual(
      problemOf("2025-01-06T09:00:00Z,x", "noon,-1", "2025-01-06T08:00:00Z,1")
        .split("\n")
        .map((line) => line.slice(0, 22)),
      [
        "day.csv:1: no header: ",
        "day.csv:1: records_per",
        "day.csv:2: invalid tim",
        "day.csv:2: records_per",
        "day.csv:3: times must ",
      ],
    );
  });

  it("tells 20 problems and how many more there are", () => {
    const lines = problemOf(header, ...Array.from({ length: 25 }, () => "x,y")).split("\n");
    assert.equal(lines.length, 21);
    assert.equal(lines.at(-1), "day.csv: 30 more problems");
  });

  it("keeps control characters of the file out of its messages", () => {
    assert.doesNotMatch(problemOf(`${header}`, "\x1b[2J\x07,1"), /[\x07\x1b]/);
  });

  it("that spans more minutes than the limit is refused before memory is taken", () => {
    const message = problemOf(header, "0001-01-01T00:00:00Z,1", "2499-01-01T00:00:00Z,1");
    assert.match(message, /^day\.csv:3: the trace spans 1313\d+ minutes, at most 1054080 are allowed$/);
  });

  it("shorter than a minute is refused", () => {
    assert.match(
      problemOf(header, "2025-01-06T09:00:00Z,1", "2025-01-06T09:00:10Z,1"),
      /^day\.csv:3: the trace is shorter than one minute/,
    );
  });

  it("never crashes the parser, whatever its text: it gives rates or a TraceError", () => {
    const line = fc.oneof(
      fc.string(),
      fc.tuple(fc.date({ noInvalidDate: true }), fc.float()).map(([t, v]) => `${t.toISOString()},${v}`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.boolean(), (lines, withHeader) => {
        try {
          const { rates } = parseTrace((withHeader ? [header, ...lines] : lines).join("\n"), "x.csv");
          assert.ok(rates.length > 0 && rates.every((rate) => rate >= 0 && rate <= traceLimits.recordsPerSecond));
        } catch (error) {
          assert.ok(isInputError(error), String(error));
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe("reading a trace", () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-trace-"));
  after(() => rmSync(folder, { recursive: true }));

  it("says which file doesn't exist", () => {
    const file = join(folder, "none.csv");
    assert.equal(
      problem(() => readTrace(file)),
      `${file}: no such file; give the path of a CSV file with --trace`,
    );
  });

  it("refuses a folder", () => {
    assert.equal(
      problem(() => readTrace(folder)),
      `${folder}: is a folder; expected a CSV file`,
    );
  });

  it("refuses a file that is too large without reading it", () => {
    const file = join(folder, "large.csv");
    writeFileSync(file, `${header}\n2025-01-06T09:00:00Z,1\n`);
    assert.equal(
      problem(() => readTrace(file, { ...traceLimits, bytes: 10 })),
      `${file}: larger than 10 bytes, the most that is read; split the trace`,
    );
  });

  it("refuses a device that never ends", () => {
    assert.match(
      problem(() => readTrace("/dev/zero", { ...traceLimits, bytes: 1_000_000 })),
      /^\/dev\/zero: larger than 1000000 bytes/,
    );
  });

  it("refuses what isn't text", () => {
    const file = join(folder, "binary.csv");
    writeFileSync(file, Buffer.from([0x1f, 0x8b, 0, 0]));
    assert.equal(
      problem(() => readTrace(file)),
      `${file}: not a text file (it contains NUL bytes); expected a CSV file`,
    );
  });
});

describeWithTraces("the recorded taxi trips", ["nyc_taxi_30min.csv"], (taxi) => {
  it("are 215 days of minutes that begin with the file's first rates", () => {
    const trace = readTrace(taxi);
    assert.equal(trace.rates.length, 215 * 1440);
    assert.equal(trace.rates[0], 11066.15);
    assert.equal(trace.rates[30], 8293.49);
    assert.ok(Math.abs((trace.rates[15] ?? 0) - (11066.15 + 8293.49) / 2) < 1e-9);
  });
});

describeWithTraces("the recorded LLM requests in samples of 10 s", ["azure_llm_code_10s.csv"], (llm) => {
  it("become 57 minutes whose first is the mean of its six samples", () => {
    const trace = readTrace(llm);
    assert.equal(trace.rates.length, 57);
    const lines = readFileSync(llm, "utf8").split("\n").slice(1, 7);
    const mean = lines.reduce((sum, line) => sum + Number(line.split(",")[1]), 0) / 6;
    assert.ok(Math.abs((trace.rates[0] ?? 0) - mean) < 1e-9);
  });
});

describeWithTraces("the recorded tweets, which begin within a minute", ["tweets_amzn_5min.csv"], (tweets) => {
  it("have their first minute at their own start", () => {
    const trace = readTrace(tweets);
    assert.equal(new Date(trace.start).toISOString(), "2015-02-26T21:42:53.000Z");
    assert.equal(trace.rates.length, 15831 * 5);
    assert.equal(trace.rates[0], 5451.29);
    assert.equal(trace.rates[5], 4112.37);
  });
});
