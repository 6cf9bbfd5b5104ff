import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dashboardBody } from "../../../components/dashboard/pipelineDashboard";
import { fullModel, runtimes } from "./model";

interface Titled {
  properties: { title?: string };
}

describe("docs/dashboard.md", () => {
  it("describes every widget of every stack and no other", () => {
    const drawn = runtimes
      .flatMap((runtime) => dashboardBody(fullModel({ runtime })).widgets as Titled[])
      .flatMap(({ properties }) => properties.title ?? []);
    const text = readFileSync(join(__dirname, "../../../docs/dashboard.md"), "utf8");
    const described = [...text.matchAll(/^\| (?!Widget |---)(.+?) \|/gm)].map(([, title]) => title);
    assert.deepEqual([...described].sort(), [...new Set(drawn)].sort());
  });
});
