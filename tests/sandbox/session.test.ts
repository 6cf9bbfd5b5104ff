import { strict as assert } from "node:assert";
import type { Sandbox } from "../../sandbox/sandbox";
import { createSession } from "../../sandbox/session";
import type { Traffic } from "../../sandbox/traffic/traffic";

/** Counts minutes; everything else of a sandbox is not looked at. */
function fakeSandbox() {
  const played: Traffic[] = [];
  const fake = {
    minutes: 0,
    stood: 0,
    played,
    cloud: { clock: { stand: (ms: number) => void (fake.stood += ms) } },
    advance: async (minutes: number) => void (fake.minutes += minutes),
    pipelines: [{ producer: { play: (traffic: Traffic) => void played.push(traffic) } }],
  };
  return fake;
}

function scene(minutes: number, open: (stack: string) => Promise<Sandbox> = () => Promise.reject(new Error("no"))) {
  const sandbox = fakeSandbox();
  const session = createSession({
    ...{ sandbox: sandbox as unknown as Sandbox, stack: "dev", stacks: ["dev", "prod"], minutes, speed: "max" },
    open,
  });
  return { sandbox, session };
}

const nap = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a session", () => {
  it("ends after its minutes", async () => {
    const { sandbox, session } = scene(5);
    await session.run(() => false, true);
    assert.equal(sandbox.minutes, 5);
    assert.equal(session.ended, true);
  });

  it("stands still while it is paused", async () => {
    const { sandbox, session } = scene(5);
    session.setPaused(true);
    let stopped = false;
    const run = session.run(() => stopped, true);
    await nap(120);
    assert.equal(sandbox.minutes, 0);
    assert.equal(session.stands, true);
    assert.ok(sandbox.stood > 50 && sandbox.stood < 200, `the clock was told of ${sandbox.stood} ms`);
    session.setPaused(false);
    await run;
    assert.equal(sandbox.minutes, 5);
    stopped = true;
  });

  it("goes on after the end when somebody wants it to", async () => {
    const { sandbox, session } = scene(2);
    let stopped = false;
    const run = session.run(() => stopped, false);
    await nap(120);
    assert.equal(sandbox.minutes, 2);
    session.setPaused(false);
    await nap(120);
    assert.ok(sandbox.minutes > 2);
    assert.equal(session.ended, false);
    stopped = true;
    await run;
  });

  it("plays other traffic and gives it the time it takes", async () => {
    const { sandbox, session } = scene(1);
    await session.run(() => false, true);
    session.play({ name: "other", minutes: 7, rate: () => 1 });
    await session.run(() => false, true);
    assert.equal(sandbox.minutes, 8);
    assert.deepEqual(
      sandbox.played.map(({ name }) => name),
      ["other"],
    );
  });

  it("replaces the sandbox by one of another stack, and tells it", async () => {
    const other = fakeSandbox() as unknown as Sandbox;
    const { session } = scene(5, () => Promise.resolve(other));
    const seen: (Sandbox | undefined)[] = [];
    session.subscribe(() => seen.push(session.current()));
    await session.restart("prod");
    assert.equal(session.current(), other);
    assert.equal(session.stack, "prod");
    assert.deepEqual(seen, [undefined, other]);
  });

  it("keeps its sandbox when the other can't be opened", async () => {
    const { sandbox, session } = scene(5);
    await assert.rejects(session.restart("prod"), /no/);
    assert.equal(session.current() as unknown, sandbox);
    assert.equal(session.stack, "dev");
  });

  it("deploys one stack at a time and tells a second caller which one", async () => {
    let opened = () => {};
    const other = fakeSandbox() as unknown as Sandbox;
    const { session } = scene(5, () => new Promise((resolve) => (opened = () => resolve(other))));
    const first = session.restart("prod");
    await assert.rejects(session.restart("dev"), {
      name: "StackError",
      message: "Stack prod is being deployed; try again when it runs.",
    });
    opened();
    await first;
    assert.equal(session.stack, "prod");
    const second = session.restart("dev");
    opened();
    await second;
    assert.equal(session.stack, "dev");
  });

  it("lets time pass as the machine's does, in small steps, where something real takes part", async () => {
    const sandbox = fakeSandbox();
    const steps: number[] = [];
    sandbox.advance = async (minutes) => void steps.push(60_000 * minutes);
    const open = () => Promise.reject(new Error("no"));
    const session = createSession({
      ...{ sandbox: sandbox as unknown as Sandbox, stack: "dev", stacks: ["dev"], minutes: 0.05, speed: 10, smooth: true },
      open,
    });
    const begin = performance.now();
    await session.run(() => false, true);
    const took = performance.now() - begin;
    const sum = steps.reduce((a, b) => a + b, 0);
    // 3 virtual seconds, ten for each of the machine's.
    assert.ok(sum >= 3_000 && sum <= 10 * took, `${sum} ms in ${took} ms`);
    assert.ok(took >= 300 && steps.length >= 3, `${steps.length} steps in ${took} ms`);
    assert.equal(session.ended, true);
  });
});
