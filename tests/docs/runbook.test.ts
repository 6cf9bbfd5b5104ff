import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import { filterPattern } from "../../sandbox/services/logs/logGroups";

const runbook = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "runbook.md"), "utf8");

/** As Lambda's runtime writes them with log format Text (tests/conformance/runbook.conformance.ts runs the commands themselves). */
const lines = ["decision", "error"].map((kind) => `2026-03-02T00:00:00.000Z\tid\tINFO\t{"sluice":"${kind}","reason":"an error"}`);
const application = ["INFO Checkpoint completed", "ERROR Sink", "java.lang.Exception: refused"];

describe("docs/runbook.md", () => {
  it("has filter patterns that find decisions, errors, and what went wrong in the application", () => {
    const patterns = [...runbook.matchAll(/--filter-pattern '([^']*)'/g)].map(([, pattern]) => filterPattern(pattern));
    const found = patterns.map((matches) => [...lines, ...application].filter(matches));
    assert.deepEqual(found, [[lines[0]], [lines[1]], application.slice(1)]);
  });
});
