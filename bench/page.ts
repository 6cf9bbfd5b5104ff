import * as http from "node:http";
import type { AddressInfo } from "node:net";
import type { CDPSession, Page } from "playwright-core";
import { projectFolder } from "../sandbox/deploy/deploy";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { startPage } from "../sandbox/page/page";
import { openSandbox, type Sandbox } from "../sandbox/sandbox";
import { createSession } from "../sandbox/session";
import { defaultTraffic } from "../sandbox/traffic/defaultTraffic";
import { browse, hasBrowser } from "./chromium";
import { atMost, median, plainFigure, type Figure } from "./figure";
import { plainCharts, type PlainChart } from "./plainCharts";

const dayMinutes = 1440;
/** So high that every widget is in sight and drawn. */
const tallWindow = { width: 1440, height: 7_000 };
const runs = 5;
const updates = 20;
const heapHours = 1_000;
const heapSamples = 50;

/**
 * The page in Chromium: weight, script against charts alone, and the heap over a long run. Without Chromium no figures.
 * @throws Error in CI when there is no Chromium.
 */
export async function pageBench(): Promise<Figure[]> {
  if (!hasBrowser() && !process.env.CI) {
    console.error("The page was not measured: there is no Chromium. tests/browser/run installs it.");
    return [];
  }
  const live = await openPage();
  try {
    await live.sandbox.advance(dayMinutes);
    return [...(await weight(live.url)), ...(await scripting(live)), ...(await heap(live))];
  } finally {
    await live.close();
  }
}

interface Live {
  url: string;
  sandbox: Sandbox;
  close(): Promise<void>;
}

async function openPage(): Promise<Live> {
  const open = (stack: string) =>
    openSandbox({ files: readStackFiles(projectFolder, stack), traffic: defaultTraffic(1), recordBytes: 500, seed: 1 });
  const sandbox = await open("dev");
  const session = createSession({ sandbox, stack: "dev", stacks: ["dev"], minutes: Infinity, speed: "max", open });
  const { port, close } = await startPage({ port: 0, session });
  return { url: `http://127.0.0.1:${port}`, sandbox, close };
}

/** What a first visit loads, compressed; the stream of data isn't counted. */
async function weight(url: string): Promise<Figure[]> {
  const { page, close } = await browse();
  const devtools = await page.context().newCDPSession(page);
  const sizes = new Map<string, number>();
  await devtools.send("Network.enable");
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  await page.goto(url);
  await page.waitForSelector(".widget");
  await page.waitForTimeout(1_000);
  await close();
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0) / 1024;
  return [atMost("page, compressed, with headers", total, "KB", 150)];
}

/** Script time of a day of one-minute data, and of minutes that are added, against bare charts of the same data and sizes. */
async function scripting({ url, sandbox }: Live): Promise<Figure[]> {
  const [own, bare]: [Times[], Times[]] = [[], []];
  let charts = 0;
  for (let run = 0; run < runs; run++) {
    const { times, drawn } = await ownTimes(url, sandbox);
    own.push(times);
    charts = drawn.length;
    bare.push(await bareTimes(drawn));
  }
  const [load, bareLoad] = [median(own.map((one) => one.load)), median(bare.map((one) => one.load))];
  const [update, bareUpdate] = [median(own.map((one) => one.update)), median(bare.map((one) => one.update))];
  return [
    plainFigure("graphs on the page", charts, ""),
    plainFigure("script to draw a day on all widgets", load, "ms"),
    atMost("script of the page to that of bare charts, a day", load / bareLoad, "x", 2),
    plainFigure("script to add a minute to all widgets", update, "ms"),
    atMost("script of the page to that of bare charts, a minute more", update / bareUpdate, "x", 2),
  ];
}

interface Times {
  /** ms. */
  load: number;
  update: number;
}

async function ownTimes(url: string, sandbox: Sandbox): Promise<{ times: Times; drawn: PlainChart[] }> {
  const { page, close } = await browse(tallWindow);
  await page.addInitScript(`localStorage.setItem("sluice.range", "${dayMinutes}")`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  await page.goto(url);
  await page.waitForSelector(".plot canvas");
  await settled(page, devtools);
  const load = await scriptMs(devtools);
  for (let i = 0; i < updates; i++) {
    await sandbox.advance(1);
    const time = new Date(sandbox.cloud.clock.now()).toISOString().slice(11, 16);
    await page.locator("#now", { hasText: time }).waitFor();
  }
  await settled(page, devtools);
  const update = ((await scriptMs(devtools)) - load) / updates;
  const drawn = await page.evaluate<PlainChart[]>(`(${plainCharts})(${JSON.stringify(await wholeMessage(url))})`);
  await close();
  return { times: { load, update }, drawn };
}

/** The first message of the stream: what the page drew. */
function wholeMessage(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let text = "";
    const request = http.get(`${url}/events?range=${dayMinutes}`, (response) => {
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
        const end = text.indexOf("\n\n");
        if (end < 0) return;
        request.destroy();
        resolve(JSON.parse(text.slice(text.indexOf("data: ") + 6, end)));
      });
    });
    request.on("error", reject);
  });
}

/** An empty page with the same charts, made with the library's own defaults. */
async function bareTimes(charts: PlainChart[]): Promise<Times> {
  const files: Record<string, string> = {
    "/": `<!doctype html><link rel=stylesheet href=/uPlot.min.css><script src=/uPlot.iife.min.js></script><body><script src=/bare.js></script>`,
    "/bare.js": bareScript,
    "/charts.json": JSON.stringify(charts),
  };
  const library = (file: string) => require("node:fs").readFileSync(require.resolve(`uplot/dist/${file}`), "utf8") as string;
  const types: Record<string, string> = { "/": "text/html", "/uPlot.min.css": "text/css" };
  const server = http.createServer(({ url = "/" }, response) => {
    response.setHeader("content-type", types[url] ?? "text/javascript");
    response.end(files[url] ?? (url.startsWith("/uPlot") ? library(url.slice(1)) : ""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { page, close } = await browse(tallWindow);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction("window.drawn === true");
  await settled(page, devtools);
  const load = await scriptMs(devtools);
  for (let i = 0; i < updates; i++) await page.evaluate("addMinute()");
  await settled(page, devtools);
  const update = ((await scriptMs(devtools)) - load) / updates;
  await close();
  server.close();
  return { load, update };
}

const bareScript = `
const plots = [];
fetch("/charts.json").then((response) => response.json()).then((charts) => {
  for (const { width, height, data } of charts) {
    const series = [{}, ...data.slice(1).map(() => ({ stroke: "blue" }))];
    plots.push(new uPlot({ width, height, series, legend: { show: false } }, data, document.body));
  }
  requestAnimationFrame(() => (window.drawn = true));
});
function addMinute() {
  for (const plot of plots) {
    plot.setData(plot.data.map((column, i) => [...column.slice(1), i === 0 ? column.at(-1) + 60 : column.at(-1)]));
  }
}
`;

async function scriptMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return 1000 * (metrics.find(({ name }) => name === "ScriptDuration")?.value ?? NaN);
}

/** Waits until hardly any script has run for half a second. */
async function settled(page: Page, devtools: CDPSession): Promise<void> {
  for (let before = -Infinity, now = await scriptMs(devtools); now - before > 2;) {
    await page.waitForTimeout(500);
    before = now;
    now = await scriptMs(devtools);
  }
}

/** The browser's heap after garbage collections while a thousand hours pass. */
async function heap({ url, sandbox }: Live): Promise<Figure[]> {
  const { page, close } = await browse();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  await page.goto(url);
  await page.waitForSelector(".plot canvas, .numbers");
  const samples: number[] = [];
  for (let sample = 0; sample < heapSamples; sample++) {
    for (let hour = 0; hour < heapHours / heapSamples; hour++) await sandbox.advance(60);
    await page.waitForTimeout(300);
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    samples.push((metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? NaN) / 1024 / 1024);
  }
  await close();
  const tenth = heapSamples / 10;
  const [second, last] = [median(samples.slice(tenth, 2 * tenth)), median(samples.slice(-tenth))];
  return [
    plainFigure("page's heap in the second tenth of 1,000 simulated hours", second, "MB"),
    atMost("page's heap in the last tenth to that in the second", last / second, "x", 1.1),
  ];
}
