import { strict as assert } from "node:assert";
import type { WholeMessage } from "../../../sandbox/page/messages";
import { sendTo } from "./commandTo";
import { listen } from "./eventSource";
import { openLivePage, type LivePage } from "./livePage";

describe("the page of a stack of several pipelines", function () {
  this.timeout(60_000);
  let page: LivePage;

  before(async () => {
    page = await openLivePage({ config: { "sluice:pipelines": { orders: {}, clicks: { maxShards: 12, scaleOutPercent: 90 } } } });
    page.sandbox.pipelines[0]!.producer.spike(1.75, 60);
    await page.sandbox.advance(12);
  });
  after(() => page.close());

  const look = async (query: string): Promise<WholeMessage> => {
    const listening = listen(`${page.url}/events${query}`);
    const { data } = await listening.next("whole");
    listening.close();
    return data as unknown as WholeMessage;
  };
  const told = ({ timeline }: WholeMessage) => timeline.map(({ who, title }) => `${who}: ${title}`);

  it("shows the first one, and says which there are", async () => {
    const { run, pipeline, dashboard } = await look("");
    assert.deepEqual(run.pipelines, ["orders", "clicks"]);
    assert.equal(pipeline?.stream.name, "sluice-dev-orders");
    assert.equal(dashboard.name, "sluice-dev-orders");
  });

  it("shows the one that is chosen, with its own state, timeline and dashboard", async () => {
    const [orders, clicks] = [await look("?pipeline=orders"), await look("?pipeline=clicks")];
    assert.deepEqual([orders.pipeline!.stream.max, clicks.pipeline!.stream.max], [64, 12]);
    assert.deepEqual([orders.pipeline!.producer.demand, clicks.pipeline!.producer.demand], [7_000, 4_000]);
    assert.equal(clicks.dashboard.name, "sluice-dev-clicks");
    assert.ok(
      told(orders).some((line) => line.startsWith("Stream: Scale out from 8 to ")),
      told(orders).join("\n"),
    );
    assert.deepEqual(told(clicks), ["Application: Sluice-dev-clicks is running."]);
    assert.ok(!told(orders).some((line) => line.includes("clicks")));
    assert.match(clicks.pipeline!.now, /^Steady: the stream is used to 50 %/);
  });

  it("shows all of them together: the dashboard over all and what happened to each, and no pipeline's state", async () => {
    const all = await look("?pipeline=overview");
    assert.equal(all.pipeline, undefined);
    assert.equal(all.dashboard.name, "sluice-dev-overview");
    assert.ok(
      told(all).some((line) => line.startsWith("dev-orders-stream: Scale out from 8 to ")),
      told(all).join("\n"),
    );
    const capacity = all.dashboard.widgets.findIndex(({ properties }) => properties["title"] === "clicks: capacity");
    const latest = all.data.widgets[capacity]!.series!.map(({ values }) => values.filter((value) => value !== null).at(-1));
    assert.deepEqual(latest, [8, 8, 16, 16]);
    const cost = all.dashboard.widgets.findIndex(({ properties }) => properties["title"] === "Cost of all pipelines");
    assert.equal(all.data.widgets[cost]!.note ?? "", "");
    assert.equal(all.data.widgets[cost]!.series!.length, 2);
  });

  it("shows the first one where there is none of that name", async () => {
    assert.equal((await look("?pipeline=nobody")).pipeline?.stream.name, "sluice-dev-orders");
  });

  it("does to the one that is chosen what somebody wants, and says to which", async () => {
    const command = sendTo(page);
    const done = await command("producer", { running: false, pipeline: "clicks" });
    assert.deepEqual(done, { status: 200, message: "clicks: The producer was stopped." });
    assert.deepEqual(
      page.sandbox.pipelines.map(({ producer }) => producer.stopped),
      [false, true],
    );
    assert.ok(told(await look("?pipeline=overview")).includes("You: clicks: The producer was stopped."));
    await command("producer", { running: true, pipeline: "clicks" });
    const all = await command("spike", { factor: 2, minutes: 5, pipeline: "overview" });
    assert.deepEqual(all, { status: 400, message: "All pipelines are shown: choose the one that is meant." });
    const nobody = await command("spike", { factor: 2, minutes: 5, pipeline: "nobody" });
    assert.deepEqual([nobody.status, nobody.message], [400, '"pipeline" must be one of orders, clicks, got "nobody".']);
  });

  it("plays another trace to each", async () => {
    const csv = "time,records_per_second\n2026-01-05T00:00:00Z,100\n2026-01-05T00:01:00Z,200\n";
    assert.equal((await sendTo(page)("trace", { name: "mine.csv", csv })).status, 200);
    assert.deepEqual(
      page.sandbox.pipelines.map(({ producer }) => producer.traffic().name),
      ["mine.csv", "mine.csv"],
    );
  });
});
