import { strict as assert } from "node:assert";
import { deployedDashboard } from "../../sandbox/page/dashboard";
import { defaultTraffic } from "../../sandbox/traffic/defaultTraffic";
import { openLivePage, type LivePage } from "../sandbox/page/livePage";
import { browse, type Browsing } from "../../bench/chromium";
import { openLine } from "./line";
import { contrastFailures, rememberTexts, textsDrawn, unnamedControls, widgetsWithoutData } from "./looks";
import { until } from "./until";

/** What nobody in the sandbox publishes: these widgets say so instead of showing data. */
const withoutData = {
  "Producer library: retries per record": /Nothing has published KinesisProducerLibrary/,
  "Producer library: records pending": /Nothing has published KinesisProducerLibrary/,
  "Producer library: buffering time": /Nothing has published KinesisProducerLibrary/,
  "A pie": /doesn't draw .*pie/,
};

interface Labelled {
  title?: string;
  view?: string;
  yAxis?: Record<string, { label?: string }>;
}

const region = "us-east-1";
const records = ["AWS/Kinesis", "IncomingRecords", "StreamName", "sluice-dev"];
const metric = (title: string, more: object) => ({
  type: "metric",
  width: 6,
  height: 6,
  properties: {
    region,
    title,
    period: 60,
    metrics: [
      [...records, { stat: "Sum" }],
      ["AWS/Kinesis", "GetRecords.Records", "StreamName", "sluice-dev", { stat: "Sum" }],
    ],
    ...more,
  },
});
const extraWidgets = [
  metric("Stacked", { view: "timeSeries", stacked: true }),
  metric("Bars", { view: "bar" }),
  metric("A table", { view: "table" }),
  metric("A pie", { view: "pie" }),
  metric("Marked", {
    view: "timeSeries",
    annotations: {
      vertical: [{ value: "2026-01-05T02:00:00Z", label: "<b>two</b>", fill: "after" }],
      horizontal: [[{ value: 1, label: "band" }, { value: 5 }]],
    },
  }),
  {
    type: "text",
    width: 6,
    height: 2,
    properties: { markdown: '<img src=x onerror="document.title=1"> [x](javascript:document.title=2)' },
  },
];

describe("the page in a browser", () => {
  let live: LivePage;
  let browsing: Browsing;

  before(async () => {
    live = await openLivePage({ traffic: defaultTraffic(1), config: { "sluice:dashboardExtraWidgets": extraWidgets } });
    await live.sandbox.advance(180);
  });
  after(() => live.close());

  beforeEach(async () => {
    browsing = await browse();
    await browsing.page.goto(live.url);
    await browsing.page.waitForSelector(".widget");
  });
  afterEach(() => browsing.close());

  const text = (selector: string) => browsing.page.locator(selector).innerText();
  const press = (name: string) => browsing.page.getByRole("button", { name, exact: true }).click();
  const field = (form: string, label: string) => browsing.page.locator(form).getByLabel(label);
  const seen = (pattern: RegExp, selector = "#timeline") => browsing.page.locator(selector).getByText(pattern).first().waitFor();
  const answered = (pattern: RegExp) => seen(pattern, "#commands");

  it("loads without a complaint of the console, and every widget shows data or says why not", async () => {
    await browsing.page.setViewportSize({ width: 1440, height: 6_000 });
    await browsing.page.waitForTimeout(1_500);
    const empty = await widgetsWithoutData(browsing.page);
    assert.deepEqual(empty.map(({ title }) => title).sort(), Object.keys(withoutData).sort());
    for (const { title, note } of empty) assert.match(note, withoutData[title as keyof typeof withoutData]);
    assert.deepEqual(browsing.complaints, []);
  });

  it("draws the label of every axis of every graph, in times of day where the figures are", async () => {
    const { page } = browsing;
    await rememberTexts(page);
    await page.setViewportSize({ width: 1440, height: 6_000 });
    await page.reload();
    await page.waitForSelector(".widget");
    await page.waitForTimeout(1_500);
    const drawn = await textsDrawn(page);
    const body = await deployedDashboard(live.sandbox);
    const { widgets } = JSON.parse(body?.body ?? "") as { widgets: { properties: Labelled }[] };
    const missing = widgets.flatMap(({ properties: { title = "", view, yAxis } }) => {
      const texts = view === "timeSeries" ? drawn[title] : undefined;
      const labels = Object.values(yAxis ?? {}).map(({ label }) => (label === "ms since 1970" ? "time of day, UTC" : label));
      return texts ? labels.filter((label) => label && !texts.includes(label)).map((label) => `${title}: ${label}`) : [];
    });
    assert.deepEqual(missing, []);
    assert.ok(Object.keys(drawn).length > 25, `only ${Object.keys(drawn).length} graphs are drawn`);
  });

  it("draws markup in texts as text", async () => {
    assert.match(await text("#widgets"), /<img src=x onerror/);
    assert.equal(await browsing.page.locator("#widgets img, #widgets a[href^=javascript]").count(), 0);
    assert.deepEqual(browsing.complaints, []);
  });

  it("shows the scale-out that a spike by the button leads to", async () => {
    const shown = ".stage:nth-of-type(2) .capacity strong";
    const before = Number(await text(shown));
    await field("#form-spike", "Factor").fill("4");
    await field("#form-spike", "Minutes").fill("40");
    await press("Send a spike");
    await answered(/Spike: 4 times the traffic for 40 minutes/);
    await live.sandbox.advance(14);
    await seen(/Scale out from \d+ to \d+ shards/);
    await seen(/at or above the scale-out threshold of 75 %/);
    await until(async () => Number(await text(shown)) > before, `more than ${before} shards in the strip`);
    await live.sandbox.advance(60);
  });

  it("shows an injected failure in words, and that the application was rolled back", async () => {
    await press("Fail it");
    await answered(/The next update of the application will fail/);
    await field("#form-spike", "Factor").fill("8");
    await press("Send a spike");
    await answered(/Spike: 8 times/);
    const status = () => live.sandbox.cloud.flink.look("sluice-dev")?.status;
    for (let i = 0; i < 30 && status() !== "ROLLING_BACK"; i++) await live.sandbox.advance(1);
    await seen(/UpdateApplication of sluice-dev failed; rolling back: Injected fault/);
    await live.sandbox.advance(3);
    assert.equal(status(), "RUNNING");
    await live.sandbox.advance(60);
  });

  it("stops the application and starts it again", async () => {
    await press("Stop the application");
    await live.sandbox.advance(2);
    await seen(/does not process/, "#pipeline");
    await press("Start the application");
    await answered(/started again/);
    await live.sandbox.advance(6);
    await seen(/RUNNING/, "#pipeline");
    await live.sandbox.advance(60);
  });

  it("tells that the API is throttled", async () => {
    await press("Throttle the APIs");
    await answered(/The next 5 calls/);
    await live.sandbox.advance(3);
    await seen(/could not be looked at|Rate exceeded/);
    await live.sandbox.advance(10);
  });

  it("stops and resumes the producer", async () => {
    await press("Stop the producer");
    await seen(/STOPPED/, "#pipeline");
    await press("Resume the producer");
    await seen(/SENDING/, "#pipeline");
  });

  it("pauses when it is told to, and goes on", async () => {
    let stopped = false;
    const run = live.session.run(() => stopped, false);
    await press("Pause");
    await browsing.page.getByRole("button", { name: "Continue" }).waitFor();
    await browsing.page.waitForTimeout(600);
    const [paused, shown] = [live.sandbox.cloud.clock.now(), await text("#now")];
    await browsing.page.waitForTimeout(800);
    assert.equal(live.sandbox.cloud.clock.now(), paused);
    assert.equal(await text("#now"), shown);
    await press("Continue");
    await browsing.page.getByRole("button", { name: "Pause" }).waitFor();
    await browsing.page.locator("#now", { hasNotText: shown }).waitFor();
    stopped = true;
    await run;
  });

  it("plays a trace from a file", async () => {
    const csv = "time,records_per_second\n2026-01-05T00:00:00Z,2000\n2026-01-05T10:00:00Z,2000\n";
    await browsing.page.setInputFiles("#trace-file", { name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await answered(/plays mine\.csv/);
    await browsing.page.setInputFiles("#trace-file", { name: "bad.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n") });
    await answered(/bad\.csv:1: no header/);
    assert.equal(await browsing.page.locator("#answer.bad").count(), 1);
    await field("#form-spike", "Factor").fill("2");
    await browsing.page.locator("#answer", { hasText: /^$/ }).waitFor({ state: "attached" });
    await seen(/mine\.csv/, "#bar");
  });

  it("says that a number makes no sense", async () => {
    await field("#form-spike", "Factor").fill("-1");
    await press("Send a spike");
    await answered(/"factor" must be a number from 0 to 1,000, got -1/);
  });

  it("can be used by keyboard: skip link, controls in order, minutes of a graph by arrow keys", async () => {
    const { page } = browsing;
    await page.keyboard.press("Tab");
    assert.equal(await text("a:focus"), "Skip to the dashboard");
    await page.keyboard.press("Enter");
    const graph = page.locator(".widget.timeSeries .plot[role=img]").first();
    await graph.scrollIntoViewIfNeeded();
    await graph.locator("canvas").waitFor();
    await graph.focus();
    await page.keyboard.press("ArrowLeft");
    await page
      .locator(".widget.timeSeries .moment")
      .first()
      .getByText(/\d\d:\d\d/)
      .waitFor();
    assert.match((await graph.getAttribute("aria-label")) ?? "", /now\. .+: /);
  });

  it("has a name for every control, one level-1 heading, and enough contrast in light and dark", async () => {
    assert.deepEqual(await unnamedControls(browsing.page), []);
    assert.equal(await browsing.page.locator("h1").count(), 1);
    for (const theme of ["light", "dark"]) {
      await browsing.page.getByLabel("Theme").selectOption(theme);
      assert.deepEqual(await contrastFailures(browsing.page), [], theme);
    }
  });

  it("follows the system's dark colours, and a choice survives a reload", async () => {
    const { page } = browsing;
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator("html[data-theme=dark]").waitFor();
    await page.getByLabel("Theme").selectOption("light");
    await page.reload();
    await page.locator("html[data-theme=light]").waitFor();
  });

  it("fits on a phone", async () => {
    await browsing.page.setViewportSize({ width: 360, height: 740 });
    const width = await browsing.page.evaluate("document.documentElement.scrollWidth");
    assert.equal(width, 360);
  });

  it("goes on with the whole state after a broken connection", async () => {
    const line = await openLine(live.port);
    try {
      await browsing.page.goto(`http://127.0.0.1:${line.port}`);
      await browsing.page.waitForSelector(".widget");
      line.cut();
      await seen(/can't be reached/, "#outage");
      await live.sandbox.advance(5);
      line.mend();
      await browsing.page.locator("#outage").waitFor({ state: "hidden" });
      const time = new Date(live.sandbox.cloud.clock.now()).toISOString().slice(11, 16);
      await seen(new RegExp(time), "#clock");
    } finally {
      await line.close();
    }
  });

  it("restarts with another stack", async () => {
    await field("#form-restart", "Stack").selectOption("prod");
    await press("Restart");
    await answered(/Stack prod was deployed/);
    await seen(/stack prod/, "#bar");
    await seen(/Pipeline prod/, "#widgets");
  });

  it("says that the sandbox was stopped, and goes on when it is there again", async () => {
    await live.close();
    await seen(/The sandbox was stopped/, "#outage");
    live = await openLivePage({ traffic: defaultTraffic(1), port: live.port });
    await browsing.page.locator("#outage").waitFor({ state: "hidden" });
    await live.sandbox.advance(2);
    await seen(/00:02/, "#clock");
  });
});
