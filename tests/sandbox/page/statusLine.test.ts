import { strict as assert } from "node:assert";
import { connect, createAnswer, isTimeOfDay, played, shownLabel } from "./assets";

describe("the bar's words", () => {
  it("count the minutes of the traffic that is played", () => {
    assert.equal(played({ traffic: "mine.csv", played: 0, minutes: 60 }), "mine.csv");
    assert.equal(played({ traffic: "mine.csv", played: 59, minutes: 60 }), "59 min of mine.csv");
    assert.equal(played({ traffic: "mine.csv", played: 60, minutes: 60 }), "mine.csv is over");
    assert.equal(played({ traffic: "taxi week", played: 43_200 }), "720 h of taxi week");
  });
});

describe("a label", () => {
  it("names the unit that its figures are shown in", () => {
    assert.deepEqual([isTimeOfDay("output, ms since 1970"), isTimeOfDay("ms"), isTimeOfDay(undefined)], [true, false, false]);
    assert.equal(shownLabel("output, ms since 1970"), "output, time of day, UTC");
    assert.equal(shownLabel("records/s"), "records/s");
    assert.equal(shownLabel(undefined), "");
  });
});

describe("the line about an outage", () => {
  const { setInterval: realInterval } = globalThis;
  afterEach(() => {
    globalThis.setInterval = realInterval;
    Reflect.deleteProperty(globalThis, "EventSource");
  });

  it("goes with whatever the sandbox says", () => {
    let source = new EventTarget();
    const fake = Object.assign(
      function () {
        return (source = Object.assign(new EventTarget(), { close: () => undefined, readyState: 1 }));
      },
      { OPEN: 1 },
    );
    Object.assign(globalThis, { EventSource: fake, setInterval: () => 0 });
    let line: string | undefined;
    connect({ url: () => "/", whole: () => undefined, change: () => undefined, outage: (words) => (line = words) });
    for (const type of ["whole", "change", "beat"]) {
      line = "The sandbox has not answered for ten seconds.";
      source.dispatchEvent(Object.assign(new Event(type), { data: "{}" }));
      assert.equal(line, undefined, type);
    }
  });
});

describe("the answer to a command", () => {
  const real = globalThis.fetch;
  const answering = (status: number, message: string) => {
    globalThis.fetch = () => Promise.resolve(Response.json({ message }, { status }));
  };
  const line = { textContent: "", className: "" };
  const shown = () => [line.textContent, line.className];
  const answer = createAnswer(line);
  afterEach(() => {
    globalThis.fetch = real;
  });

  it("is an error's in the error's colour, whoever asked, also after a good one", async () => {
    answering(200, "Spike.");
    await answer.send("spike", {});
    assert.deepEqual(shown(), ["Spike.", "good"]);
    answering(400, "no");
    await answer.sendQuietly("speed", {});
    assert.deepEqual(shown(), ["no", "bad"]);
  });

  it("goes with the next command that is done", async () => {
    answering(400, "no");
    await answer.send("speed", {});
    answering(200, "Paused.");
    await answer.sendQuietly("pause", {});
    assert.deepEqual(shown(), ["", ""]);
  });

  it("goes when something else is entered, and another state doesn't make a wrong input right", async () => {
    answering(400, "no");
    await answer.send("spike", {});
    answer.stateChanged();
    assert.deepEqual(shown(), ["no", "bad"]);
    answer.entered();
    assert.deepEqual(shown(), ["", ""]);
  });

  it("goes with the state that it was for", async () => {
    answering(409, "The application is UPDATING; try again when it is RUNNING.");
    await answer.send("application", {});
    answer.stateChanged();
    assert.deepEqual(shown(), ["", ""]);
    globalThis.fetch = () => Promise.reject(new Error("refused"));
    await answer.send("spike", {});
    assert.deepEqual(shown(), ["The sandbox can't be reached.", "bad"]);
    answer.stateChanged();
    assert.deepEqual(shown(), ["", ""]);
  });
});
