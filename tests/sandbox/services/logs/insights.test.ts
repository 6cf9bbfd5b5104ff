// Source: CloudWatch Logs Insights language query syntax
import assert = require("node:assert/strict");
import { insightsQuery } from "../../../../sandbox/services/logs/insights";

const start = Date.parse("2026-03-02T00:00:00Z");
const event = (id: number, message: string) => ({
  id,
  timestamp: start + id * 1_000,
  ingestionTime: start,
  logStream: "s",
  message,
});
const events = [
  event(0, 'p\tid\tINFO\t{"sluice":"decision","id":"dev-stream","actual":8,"why":{"code":"in"}}'),
  event(1, "START RequestId: x"),
  event(2, 'p\tid\tINFO\t{"sluice":"decision","id":"dev-flink","actual":10,"why":{"code":"out"}}'),
  event(3, '{"sluice":"error","id":"dev-stream"}'),
];
const run = (query: string) => insightsQuery(query)(events);
const ids = (query: string) => run(`fields id | ${query}`).map(({ id }) => id);

describe("Logs Insights", () => {
  it("runs the dashboard's query: source, fields, filter, sort, limit", () => {
    const rows = run(
      `SOURCE 'g' | fields @timestamp, id, actual, why.code | filter sluice = "decision" | sort @timestamp desc | limit 50`,
    );
    assert.deepEqual(rows, [
      { "@timestamp": "2026-03-02 00:00:02.000", id: "dev-flink", actual: "10", "why.code": "out" },
      { "@timestamp": "2026-03-02 00:00:00.000", id: "dev-stream", actual: "8", "why.code": "in" },
    ]);
  });

  it("without commands it gives time and message, newest first", () => {
    assert.deepEqual(run("limit 1"), [
      { "@timestamp": "2026-03-02 00:00:03.000", "@message": '{"sluice":"error","id":"dev-stream"}' },
    ]);
  });

  it("compares numbers as numbers", () => {
    assert.deepEqual(ids("filter actual > 9"), ["dev-flink"]);
    assert.deepEqual(ids("filter actual >= 8 and actual < 10"), ["dev-stream"]);
    assert.deepEqual(ids("filter ispresent(actual) | sort actual asc"), ["dev-stream", "dev-flink"]);
  });

  it("knows and, or, not, parentheses, in, like with text and pattern", () => {
    assert.deepEqual(ids('filter sluice = "decision" and not (id = "dev-flink")'), ["dev-stream"]);
    assert.deepEqual(ids('filter sluice in ["error", "warning"]'), ["dev-stream"]);
    assert.deepEqual(ids('filter id like "flink" or sluice = "error" | sort @timestamp'), ["dev-flink", "dev-stream"]);
    assert.deepEqual(ids("filter id like /(?i)FL.NK|none/"), ["dev-flink"]);
    assert.deepEqual(run("fields @message | filter @message not like /sluice/"), [{ "@message": "START RequestId: x" }]);
  });

  it("parse reads fields by named groups or a glob, whatever was discovered, and leaves them out of rows that don't match", () => {
    const named = String.raw`parse @message /"sluice":"(?<kind>[^"|]+)"/ | parse @message /"actual":(?<there>\d+)/`;
    assert.deepEqual(run(`${named} | filter ispresent(kind) | sort there | display kind, there`), [
      { kind: "error", there: "" },
      { kind: "decision", there: "8" },
      { kind: "decision", there: "10" },
    ]);
    const glob = `parse @message '"actual":*,"why":*}' as there, why | parse why '"code":"*"' as code`;
    assert.deepEqual(run(`filter id = "dev-flink" | ${glob} | fields there, code`), [{ there: "10", code: "out" }]);
    assert.deepEqual(run("filter id = 'dev-flink' | parse id 'dev-*' as short | fields short"), [{ short: "flink" }]);
  });

  it("refuses what it doesn't know", () => {
    for (const query of [
      "stats count(*) by id",
      "parse @message '* *' as x",
      "parse @message /(a)(?<b>c)/",
      "parse @message '*' as x | parse @message '*:' as x",
      "parse @message",
      "parse @message /(?<a>/",
      "filter id like /(/",
      "fields ispresent(a)",
      "filter a ~ 1",
      "filter (a = 1",
      "limit 0",
    ]) {
      assert.throws(() => insightsQuery(query), { name: "MalformedQueryException" }, query);
    }
  });
});
