import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dashboardBody } from "../../../components/dashboard/pipelineDashboard";
import { overviewBody } from "../../../components/dashboard/overview/overviewBody";
import { fullModel, overview, runtimes } from "./model";

interface Titled {
  properties: { title?: string };
}

describe("docs/dashboard.md", () => {
  it("describes every widget of every stack and of the overview, and no other", () => {
    const drawn = runtimes
      .flatMap((runtime) => dashboardBody(fullModel({ runtime })).widgets as Titled[])
      .flatMap(({ properties }) => properties.title ?? []);
    const over = (overviewBody(overview(1), 0).widgets as Titled[]).flatMap(({ properties }) => properties.title ?? []);
    const text = readFileSync(join(__dirname, "../../../docs/dashboard.md"), "utf8");
    const described = [...text.matchAll(/^\| (?!Widget |---)(.+?) \|/gm)].map(([, title]) => title);
    assert.deepEqual(
      [...described].sort(),
      [...new Set([...drawn, ...over.map((title) => title.replace(/^p0: /, "PIPELINE: "))])].sort(),
    );
  });
});
