import { strict as assert } from "node:assert";
import * as http from "node:http";
import { gunzipSync } from "node:zlib";
import { spikeLimits } from "../../../sandbox/traffic/producer";
import { listen, type Listening } from "./eventSource";
import { openLivePage, type LivePage } from "./livePage";

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

describe("the page's server", function () {
  this.timeout(120_000);
  let page: LivePage;
  let listening: Listening[] = [];

  before(async () => {
    page = await openLivePage();
    await page.sandbox.advance(20);
  });
  afterEach(() => {
    listening.forEach((one) => one.close());
    listening = [];
  });
  after(() => page.close());

  const request = (path: string, options: http.RequestOptions = {}, body = ""): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = http.request({ host: "127.0.0.1", port: page.port, path, ...options }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.on("error", reject);
      sent.end(body);
    });

  const command = async (name: string, input: unknown, type = "application/json") => {
    const body = typeof input === "string" ? input : JSON.stringify(input);
    const headers = { "content-type": type, origin: page.url };
    const answer = await request(`/commands/${name}`, { method: "POST", headers }, body);
    return { status: answer.status, message: (JSON.parse(answer.body.toString()) as { message: string }).message };
  };

  const open = (query = "") => {
    const one = listen(`${page.url}/events${query}`);
    listening.push(one);
    return one;
  };

  it("allows scripts and styles of its own files alone, in files and in answers", async () => {
    for (const path of ["/", "/page.css", "/main.mjs", "/uPlot.iife.min.js", "/nothing"]) {
      const { headers } = await request(path);
      const policy = String(headers["content-security-policy"]);
      assert.match(policy, /default-src 'none'/, path);
      assert.doesNotMatch(policy, /unsafe/, path);
      assert.equal(headers["x-content-type-options"], "nosniff", path);
    }
  });

  it("has no inline script, style or handler, and names no other site", async () => {
    const html = (await request("/")).body.toString();
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    assert.doesNotMatch(html, /(src|href)="(https?:)?\/\//);
  });

  it("sends files compressed, and nothing when they are known", async () => {
    const zipped = await request("/page.css", { headers: { "accept-encoding": "gzip" } });
    assert.equal(zipped.headers["content-encoding"], "gzip");
    assert.deepEqual(gunzipSync(zipped.body), (await request("/page.css")).body);
    const again = await request("/page.css", { headers: { "if-none-match": zipped.headers.etag } });
    assert.deepEqual([again.status, again.body.length], [304, 0]);
  });

  it("weighs less than 150 KB compressed", async () => {
    const seen = new Set<string>();
    let weight = 0;
    const load = async (path: string) => {
      if (seen.has(path)) return;
      seen.add(path);
      const { status, body } = await request(path, { headers: { "accept-encoding": "gzip" } });
      assert.equal(status, 200, path);
      weight += body.length;
      const text = gunzipSync(body).toString();
      const found =
        path === "/"
          ? text.matchAll(/(?:src|href)="(\/[^"#]+)"/g)
          : path.endsWith(".mjs")
            ? text.matchAll(/from "\.(\/[^"]+)"/g)
            : [];
      for (const [, next] of found) await load(next!);
    };
    await load("/");
    assert.ok(seen.size > 20, `only ${seen.size} files were found`);
    assert.ok(weight < 150_000, `${weight} bytes`);
  });

  it("serves only its own files", async () => {
    for (const path of ["/../page.ts", "/..%2fpage.ts", "/tsconfig.json", "/assets/main.mjs"]) {
      assert.equal((await request(path)).status, 404, path);
    }
  });

  it("refuses other sites' pages and names", async () => {
    assert.equal((await request("/", { headers: { host: "evil.example" } })).status, 403);
    const headers = { origin: "https://evil.example", "content-type": "application/json" };
    assert.equal((await request("/commands/pause", { method: "POST", headers }, '{"paused":true}')).status, 403);
    assert.equal(page.session.paused, false);
  });

  it("refuses a command that doesn't name its origin, and says what to add", async () => {
    const headers = { "content-type": "application/json" };
    const answer = await request("/commands/pause", { method: "POST", headers }, '{"paused":true}');
    assert.equal(answer.status, 403);
    assert.ok(answer.body.toString().includes(`add the header "Origin: ${page.url}"`), answer.body.toString());
    assert.equal(page.session.paused, false);
  });

  it("sends a browser everything first, then what is new", async () => {
    const events = open();
    const { data: whole } = await events.next("whole");
    const { widgets } = whole.dashboard as { widgets: { type: string }[] };
    assert.ok(widgets.length > 40);
    const drawn = Object.entries((whole.data as { widgets: Record<string, { series: unknown[] }> }).widgets);
    assert.equal(drawn.length, widgets.filter(({ type }) => type === "metric").length);
    await page.sandbox.advance(1);
    const { data: change } = await events.next("change");
    assert.equal(change.run.time, whole.run.time + 60_000);
    assert.ok(JSON.stringify(change).length < JSON.stringify(whole).length / 4, "a minute's news is as large as everything");
  });

  it("sends everything again to a browser that reconnects", async () => {
    const first = open();
    await first.next("whole");
    first.close();
    await page.sandbox.advance(3);
    const { data } = await open().next("whole");
    assert.equal(data.run.time, page.sandbox.cloud.clock.now());
  });

  it("shows the time range that a browser asks for, and three hours for any other", async () => {
    for (const [query, minutes] of [
      ["?range=60", 60],
      ["?range=7", 180],
      ["?range=x", 180],
      ["", 180],
    ] as const) {
      const { data } = await open(query).next("whole");
      assert.equal((data.data as { rangeMinutes: number }).rangeMinutes, minutes, query);
    }
  });

  it("answers commands that make no sense with a sentence and does nothing", async () => {
    const wrong: [string, unknown, RegExp][] = [
      ["spike", { factor: "3", minutes: 5 }, /"factor" must be a number from 0 to 1,000, got "3"/],
      ["spike", { factor: 3, minutes: 0.5 }, /"minutes" must be a whole number/],
      ["spike", {}, /got nothing/],
      ["spike", { factor: spikeLimits.factor + 1, minutes: 5 }, /from 0 to 1,000/],
      ["speed", { speed: 0 }, /"speed"/],
      ["pause", { paused: "yes" }, /true or false/],
      ["throttle", { calls: 1e9 }, /"calls"/],
      ["failNextUpdate", { target: "moon" }, /one of application, stream/],
      ["trace", { name: "t.csv", csv: "time,records_per_second\nyesterday,1" }, /t\.csv:2: invalid time/],
      ["trace", { name: "t.csv" }, /"csv" must be a text/],
      ["restart", { stack: "../secret" }, /one of dev, prod/],
      ["spike", [], /must be a JSON object/],
      ["spike", "{", /must be a JSON object/],
      ["spike", "null", /must be a JSON object/],
      ["spike", `{"factor":${"[".repeat(1e6)}`, /nested deeper than 4 levels/],
      ["spike", `{"factor":[${"1,".repeat(1e6)}1]}`, /more than 100 values/],
    ];
    for (const [name, input, message] of wrong) {
      const answer = await command(name, input);
      assert.equal(answer.status, 400, `${name} ${JSON.stringify(input)}`);
      assert.match(answer.message, message);
    }
    assert.equal((await command("spike", { factor: 1, minutes: 1 }, "text/plain")).status, 400);
    assert.equal((await command("__proto__", {})).status, 404);
    assert.equal((await command("toString", {})).status, 404);
  });

  it("pauses, sets the speed, and shows both", async () => {
    const events = open();
    await events.next("whole");
    assert.equal((await command("pause", { paused: true })).status, 200);
    assert.equal((await events.next("change")).data.run.state, "paused");
    await command("pause", { paused: false });
    await command("speed", { speed: 60 });
    assert.equal(page.session.speed, 60);
  });

  it("stops and resumes producer and application, and tells it in the timeline", async () => {
    const { applicationName } = page.sandbox.deployment.outputs;
    await command("producer", { running: false });
    assert.equal(page.sandbox.producer.stopped, true);
    await command("producer", { running: true });
    assert.equal(page.sandbox.producer.stopped, false);
    await command("application", { running: false });
    await page.sandbox.advance(2);
    const { data } = await open().next("whole");
    const { application, now } = data.pipeline as { application: { status: string; stopped: boolean }; now: string };
    assert.deepEqual([application.status, application.stopped], ["JOB FAILED", true]);
    assert.match(now, /does not process/);
    await command("application", { running: true });
    await page.sandbox.advance(2);
    assert.equal(page.sandbox.cloud.flink.look(applicationName)?.status, "RUNNING");
    const titles = ((await open().next("whole")).data.timeline as { who: string; title: string }[]).filter(
      ({ who }) => who === "You",
    );
    assert.deepEqual(
      titles.slice(-4).map(({ title }) => title),
      [
        "The producer was stopped.",
        "The producer sends again.",
        "The application's job was stopped.",
        "The application's job was started again.",
      ],
    );
  });

  it("plays a trace that was sent as text", async () => {
    const csv = "time,records_per_second\n2026-01-05T00:00:00Z,100\n2026-01-05T00:01:00Z,200\n";
    const answer = await command("trace", { name: "mine.csv", csv });
    assert.equal(answer.status, 200, answer.message);
    assert.equal(page.sandbox.producer.traffic().name, "mine.csv");
    const { data } = await open().next("whole");
    const { traffic, played, minutes } = data.run as unknown as { traffic: string; played: number; minutes: number };
    assert.deepEqual({ traffic, played, minutes }, { traffic: "mine.csv", played: 0, minutes: 2 });
    await page.sandbox.advance(1);
    assert.equal(((await open().next("whole")).data.run as unknown as { played: number }).played, 1);
  });

  it("gives log text as text: markup in a log line stays what it is", async () => {
    const { cloud, deployment } = page.sandbox;
    const group = deployment.resources.find(
      ({ type, name }) => type === "aws:cloudwatch/logGroup:LogGroup" && name.endsWith("scaler-log"),
    );
    const line = {
      sluice: "decision",
      time: new Date(cloud.clock.now()).toISOString(),
      id: "dev-stream",
      action: "keep",
      reason: "<img src=x onerror=alert(1)>\u2028",
    };
    cloud.peers.writeLog(group!.deployed.id, "test", JSON.stringify(line));
    const events = open();
    let { logs } = (await events.next("whole")).data;
    while (!JSON.stringify(logs)?.includes("<img")) logs = (await events.next("change")).data.logs;
    assert.match(JSON.stringify(logs), /<img src=x onerror=alert\(1\)>/);
  });

  it("stays at hand when three hundred browsers come: 32 listen, the eldest give way and are told when to ask again", async () => {
    const eldest = open();
    await eldest.next("whole");
    const before = process.cpuUsage();
    const began = performance.now();
    // The worst that a stranger can ask for: each another view.
    const all = Array.from({ length: 300 }, (_, i) => open(`?range=${[60, 180, 720][i % 3]}&var.x=${i}`));
    const full = await eldest.next("full");
    assert.deepEqual(full.data, { most: 32 });
    await eldest.ended;
    assert.match(eldest.rest(), /^retry: 30000$/m);
    await Promise.all(all.slice(0, -32).map(({ ended }) => ended));
    // Everybody who may stay sees everything; meanwhile the page answers others.
    let slowest = 0;
    let told = false;
    const everything = Promise.all(all.slice(-32).map((one) => one.next("whole"))).then(() => (told = true));
    while (!told) {
      const asked = performance.now();
      assert.equal((await request("/")).status, 200);
      slowest = Math.max(slowest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await everything;
    assert.ok(slowest < 2_000, `an answer took ${Math.round(slowest)} ms`);
    const { user, system } = process.cpuUsage(before);
    assert.ok((user + system) / 1_000 < 20_000, `${(user + system) / 1_000} ms of CPU in ${performance.now() - began} ms`);
    // Nobody is left out of the news.
    await page.sandbox.advance(1);
    await Promise.all(all.slice(-32).map((one) => one.next("change")));
  });

  it("restarts with another stack and sends that one whole", async () => {
    const events = open();
    await events.next("whole");
    const answer = await command("restart", { stack: "prod" });
    assert.equal(answer.status, 200, answer.message);
    const { data } = await events.next("whole");
    assert.match(JSON.stringify(data.run), /"stack":"prod"/);
    assert.match(JSON.stringify(data.dashboard), /sluice-prod/);
  });

  it("deploys one stack when several ask for a restart at once, and tells the others", async () => {
    // In this process: a deployment that waits for nothing is over before the next request is read.
    const answers = await Promise.allSettled(["dev", "prod", "dev"].map((stack) => page.session.restart(stack)));
    assert.deepEqual(
      answers.map((answer) => (answer.status === "rejected" ? String(answer.reason) : answer.status)),
      ["fulfilled", ...Array.from({ length: 2 }, () => "StackError: Stack dev is being deployed; try again when it runs.")],
    );
    assert.ok(page.session.current());
    assert.equal((await command("spike", { factor: 1, minutes: 1 })).status, 200);
  });

  it("tells browsers that the sandbox stops", async () => {
    const events = open();
    await events.next("whole");
    await page.close();
    await events.next("stopped");
    await events.ended;
  });
});
