import { strict as assert } from "node:assert";
import { dashboardBody } from "../../../components/dashboard/pipelineDashboard";
import { insightsQuery } from "../../../sandbox/services/logs/insights";
import { logDecision, logError, type DecisionLine } from "../../../scaler/aws/log";
import { model } from "./model";

interface LogTable {
  properties: { title: string; query: string; view: string };
}

function latest(): LogTable {
  const { widgets } = dashboardBody(model()) as unknown as { widgets: LogTable[] };
  return widgets.find(({ properties }) => properties.title === "Latest decisions")!;
}

describe("the latest decisions", () => {
  it("are found among the scaler's lines, newest first", () => {
    const { properties } = latest();
    assert.equal(properties.view, "table");
    const line: DecisionLine = {
      ...{ time: Date.UTC(2026, 2, 2), stack: "dev", id: "dev-stream", pipeline: "dev", kind: "stream", action: "begin" },
      ...{ reason: 'from 8 to 16: "asked for", ends in \\"', desired: 32, actual: 8, target: 16 },
    };
    const { target, ...waiting }: DecisionLine = { ...line, action: "wait", reason: "its turn comes" };
    const texts = printed(() => {
      logDecision(line);
      logError(line.time, "dev", "dev-stream", 'no "sluice":"decision"');
      logDecision(waiting);
    });
    const event = (text: string, id: number) => ({
      ...{ id, timestamp: line.time + id, ingestionTime: line.time, logStream: "s" },
      message: `2026-03-02T00:00:00.000Z\tid\tINFO\t${text}`,
    });
    assert.match(properties.query, /^SOURCE '\/aws\/lambda\/dev-scaler' \| /);
    const seen = { decided: "2026-03-02T00:00:00.000Z", dimension: "dev-stream", there: "8", asked: "32" };
    assert.deepEqual(insightsQuery(properties.query)(texts.map(event)), [
      { ...seen, step: "wait", next: "", why: "its turn comes" },
      { ...seen, step: "begin", next: String(target), why: String.raw`from 8 to 16: \"asked for\", ends in \\\"` },
    ]);
  });

  it("reads the decisions out of the text, not out of fields that may not be discovered", () => {
    const { query } = latest().properties;
    const made = ["@message", "@timestamp", ...[...query.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name)];
    const used = [...query.matchAll(/(?:filter|parse|sort|display) ([@\w]+(?:, \w+)*)/g)].flatMap(([, names = ""]) =>
      names.split(", "),
    );
    assert.ok(used.length > 14);
    assert.deepEqual(
      used.filter((name) => !made.includes(name)),
      [],
    );
  });
});

/** What it writes to the console. */
function printed(work: () => void): string[] {
  const { log } = console;
  const lines: string[] = [];
  console.log = (text: string) => void lines.push(text);
  try {
    work();
  } finally {
    console.log = log;
  }
  return lines;
}
