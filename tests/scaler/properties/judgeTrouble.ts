import type { DimensionConfig, DimensionState } from "../../../scaler/types";
import type { ScalerCall } from "../../support/scalerWorld";
import type { Cast, Facts } from "./facts";
import type { Kind } from "./hostileScenario";
import type { Outcome } from "./judgeCalls";
import type { Rule } from "./rules";
import type { Id } from "./scenario";
import { isSoundConfig, isSoundDesired } from "./soundConfig";
import { quotaTexts, soundsBusy } from "./wildErrors";

const minute = 60_000;
const day = 86_400_000;
/** Fifteen minutes and one, by the time of events. */
const patience = 16 * minute;
/** Attempts after 1, 3 and 9 minutes, ten of rest, and the same once more; in either direction. */
const triesAnHour = 17;
/** A run a minute for fifteen, and the second runs beside them. */
const busyTries = 30;

const changeCalls = ["UpdateShardCount", "SplitShard", "MergeShards", "UpdateApplication"];
const streamCalls = ["DescribeStreamSummary", "ListShards", "UpdateShardCount", "SplitShard", "MergeShards"];

interface Attempt {
  at: number;
  busy: boolean;
  key: string;
}

interface Told {
  at: number;
  text: string;
  metric: boolean;
}

/** Judges what the scaler does with what nobody meant to happen. */
export interface TroubleJudge {
  /** Every call of the dimensions, with what came of it. */
  call(call: ScalerCall, outcome: Outcome): void;
  /** PATCH accepted something. */
  accepted(id: Id): void;
  /** A parameter is not what the scaler wrote. */
  reset(id: Id, kind: Kind): void;
  /** Another hand's update came while the scaler's own was in doubt: nobody can know how many there were. */
  doubtful(): void;
  /** Another hand switched the stream's mode. */
  mode(onDemand: boolean): void;
  lines(lines: readonly string[]): void;
  /** A minute's run is over; `whole`: nothing kept it from looking at everything. */
  minute(whole: boolean): void;
  /** No answer about this dimension can be right. */
  isBroken(id: Id): boolean;
  /** Nor does anything say that a change of it is under way. */
  isUnknown(id: Id): boolean;
}

export function judgeTrouble({ world, configs }: Cast, facts: Facts, add: (rule: Rule, what: string) => void): TroubleJudge {
  const now = () => world.cloud.clock.now();
  const ids = () => (Object.keys(configs) as Id[]).filter((id) => configs[id]);
  const attempts: Record<Id, Attempt[]> = { "dev-stream": [], "dev-flink": [] };
  const askedAt: Partial<Record<Id, number>> = {};
  const unseen: Partial<Record<Id, number>> = {};
  const accepted: Partial<Record<Id, string>> = {};
  /** What is desired is old news: nothing of it may be carried out. */
  const stale: Partial<Record<Id, { since: number; why: string }>> = {};
  const told: Record<Id, Told[]> = { "dev-stream": [], "dev-flink": [] };
  const streaks: Record<string, { since: number; last: number; error: string } | undefined> = {};
  const troubledSince: Record<string, number | undefined> = {};
  let wholeMinutes = 0;
  let limitSaid = -Infinity;
  let ledgerKnown = true;
  let onDemand = false;
  /** When what is known of the stream was last written. */
  let stored = -Infinity;
  /** The last time that no run read the parameters. */
  let silence = { from: Infinity, to: -Infinity };
  let saw = -Infinity;
  let switchedBack = -Infinity;
  /** When the judge was last told that a minute has passed: the quiet has runs every ten minutes, too. */
  let minuteBefore = -Infinity;
  let grown = { at: -Infinity, shards: 0 };
  /** Whether the parameters were broken when they had been changed so many times. */
  const brokenAt: Partial<Record<Id, { changes: number; is: boolean }>> = {};

  function call(one: ScalerCall, outcome: Outcome): void {
    const { operation, invocation } = one;
    const id: Id | undefined = streamCalls.includes(operation)
      ? "dev-stream"
      : one.service === "kinesisanalytics"
        ? "dev-flink"
        : undefined;
    if (operation === "GetParametersByPath" && outcome.output && invocation.kind === "run") seen();
    if (operation === "PutParameter") asked(one);
    if (id) follow(operation, outcome);
    if (operation === "PutParameter" && outcome.output && /dev-stream\/state$/.test(String(one.input.Name))) {
      // A state that says that the stream can't be looked at says nothing new of it.
      if (!String(one.input.Value).includes('"unseenSince"')) stored = now();
    }
    if (!id || !changeCalls.includes(operation)) return;
    spent(one, outcome);
    tried(id, operation, outcome);
    if ("output" in outcome) carriedOut(id, one);
  }

  /** Who asked may get no answer, and yet what he asked for is written. */
  function asked({ input }: ScalerCall): void {
    const id = ids().find((one) => String(input.Name).endsWith(`/${one}/desired`));
    if (id && world.has(id, "desired") && world.parameter(id, "desired").text === input.Value) delete stale[id];
  }

  function follow(operation: string, { injected, refusal }: Outcome): void {
    const error = injected ?? refusal;
    if (!error || error.name === "ResourceNotFoundException") return void (streaks[operation] = undefined);
    const streak = streaks[operation];
    const same = streak && now() - streak.last <= 3 * minute;
    streaks[operation] = { since: same ? streak.since : now(), last: now(), error: error.name };
  }

  /** A run has read the parameters: what was asked for long before is stale from now on. */
  function seen(): void {
    if (now() - saw > 2 * minute) silence = { from: saw, to: now() };
    saw = now();
    for (const id of ids()) {
      const at = unseen[id];
      if (at === undefined) continue;
      delete unseen[id];
      if (now() - at > patience) stale[id] = { since: now(), why: `asked for ${(now() - at) / minute} min before a run saw it` };
    }
  }

  function tried(id: Id, operation: string, outcome: Outcome): void {
    const { injected, refusal } = outcome;
    if ("output" in outcome) return void (attempts[id] = []);
    const error = injected ?? refusal;
    if (!error) return;
    if (id === "dev-stream" && now() - facts.foreignAt[id] < 6 * minute) ledgerKnown = false;
    const key = world.has(id, "desired") ? world.parameter(id, "desired").text : "";
    attempts[id] = attempts[id].filter(({ at }) => at > now() - 58 * minute);
    attempts[id].push({ at: now(), busy: soundsBusy(error), key });
    const busy = attempts[id].filter((one) => one.busy && one.key === key).length;
    const others = attempts[id].filter((one) => !one.busy).length;
    if (others <= triesAnHour && busy <= busyTries) return;
    add(
      "unending",
      `${operation} failed ${others + busy} times within an hour, the last time with ${error.name}: ${error.message.slice(0, 80)}`,
    );
    attempts[id] = [];
  }

  /** Splits and merges begin when the day's updates are really spent. */
  function spent({ operation, invocation }: ScalerCall, outcome: Outcome): void {
    const { injected, refusal } = outcome;
    const error = injected ?? refusal;
    const quota = quotaTexts.some((text) => text === error?.message);
    if (operation === "UpdateShardCount" && error && !quota && /limit/i.test(error.name + error.message)) limitSaid = now();
    const config = configs["dev-stream"];
    if (
      !("output" in outcome) ||
      (operation !== "SplitShard" && operation !== "MergeShards") ||
      config?.kind !== "stream" ||
      !ledgerKnown
    )
      return;
    const before = facts.starts.filter((at) => at > now() - day - 2 * minute).length;
    const state = sound("dev-stream");
    const goesOn = state.plan !== undefined && state.plan.since < invocation.time;
    if (goesOn || before >= config.updatesPerDay || now() - limitSaid < 62 * minute) return;
    if (facts.spoiledAt["dev-stream"] > now() - day) return;
    add("secondRoad", `${operation}, and ${before} of the day's ${config.updatesPerDay} updates have happened`);
  }

  function carriedOut(id: Id, { operation, invocation, input }: ScalerCall): void {
    const old = stale[id];
    if (!old || invocation.began < old.since + minute || operation === "SplitShard" || operation === "MergeShards") return;
    // Another hand's change that no run saw before is put back once, after whatever silence.
    const foreign = facts.foreignAt[id];
    if (foreign >= old.since - 10 * minute || (foreign >= silence.from && foreign <= silence.to)) return;
    // So is a change of its own that it forgot with its state while that was under way: to it that was another hand.
    if (id === "dev-stream" && facts.starts.some((at) => at > old.since - 6 * minute && at <= old.since)) return;
    const { min = 0, max = Infinity } = facts.history[id].at(-1) ?? {};
    const from = id === "dev-stream" ? facts.countBefore : facts.kpusBefore;
    if (from < min || from > max) return;
    const what = String(input.TargetShardCount ?? "");
    add("stale", `${operation} ${what} from ${from}, and nobody has asked since: ${old.why}`);
    delete stale[id];
  }

  function lines(all: readonly string[]): void {
    for (const line of all) {
      const numbers = /"(?:ScalerErrors|FailedUpdates|PendingMinutes)":([1-9]\d*)/.test(line);
      const words = line.startsWith('{"sluice"') && !/"action":"(accept|keep|done|begin)"/.test(line);
      if (!numbers && !words) continue;
      const id = ids().find((one) => line.includes(`"${one}"`));
      if (id) told[id].push({ at: now(), text: words ? line : "", metric: numbers });
    }
    for (const id of ids()) while ((told[id][0]?.at ?? Infinity) < now() - 2 * day) told[id].shift();
  }

  function sound(id: Id): Readonly<DimensionState> {
    return world.has(id, "state") && world.parameter(id, "state").text.startsWith("{") ? world.state(id) : {};
  }

  /** A request of an odd clock says of itself that it is of this time: whoever forgot that it was seen takes it for one. */
  function isDatedNow(id: Id): boolean {
    const [, at] = (world.has(id, "desired") && /"at":(\d+)/.exec(world.parameter(id, "desired").text)) || [];
    return at !== undefined && Math.abs(now() - Number(at)) < patience + 2 * minute;
  }

  function isBroken(id: Id): boolean {
    const known = brokenAt[id];
    if (known?.changes === world.changes) return known.is;
    brokenAt[id] = { changes: world.changes, is: isBrokenNow(id) };
    return brokenAt[id].is;
  }

  function isBrokenNow(id: Id): boolean {
    if (!world.has(id, "config") || !world.has(id, "desired") || !world.has(id, "state")) return true;
    return !isSoundConfig(world.parameter(id, "config").text) || !isSoundDesired(world.parameter(id, "desired").text);
  }

  function isUnknown(id: Id): boolean {
    if (!isBroken(id)) return false;
    const { change } = world.has(id, "config") && world.has(id, "desired") ? sound(id) : {};
    return change === undefined || now() - change.at >= 14 * minute;
  }

  function troubles(id: Id, config: DimensionConfig): Record<string, string | RegExp> {
    const found: Record<string, string | RegExp> = {};
    if (!world.has(id, "config")) return found;
    if (isBroken(id)) return { "a parameter is broken": /parameter/ };
    const mine = streamCalls.includes.bind(streamCalls);
    for (const [operation, streak] of Object.entries(streaks)) {
      if (!streak || now() - streak.last > minute || mine(operation) !== (id === "dev-stream")) continue;
      if (now() - streak.since > patience) found[`${operation} fails with ${streak.error}`] = inJson(streak.error);
    }
    // What can't be looked at can't be known to be gone.
    if (facts.statusOf(id) === "MISSING" && Object.keys(found).length === 0) return { ...found, "it is gone": "does not exist" };
    if (config.mode === "observe" || !facts.atRest(id)) return found;
    const desired = facts.desired[id];
    if (desired !== undefined && desired !== facts.countOf(id)) found["capacity is not what is desired"] = "";
    return found;
  }

  function tell(id: Id, config: DimensionConfig): void {
    const present = troubles(id, config);
    for (const key of Object.keys(troubledSince).filter((one) => one.startsWith(`${id}:`)))
      if (!(key.slice(id.length + 1) in present)) delete troubledSince[key];
    for (const [what, words] of Object.entries(present)) {
      const since = (troubledSince[`${id}:${what}`] ??= now());
      // What a run that was kept from its work didn't tell, the next ones tell within minutes.
      if (now() - since <= patience + 2 * minute || wholeMinutes < 4) continue;
      const speaks = ({ text }: Told) => (typeof words === "string" ? text.includes(words) : words.test(text));
      const inWords = told[id].some((one) => one.at >= since - 3 * minute && one.text !== "" && speaks(one));
      const inMetric = told[id].some(({ at, metric }) => metric && at >= now() - patience);
      if (inWords && inMetric) continue;
      troubledSince[`${id}:${what}`] = Infinity;
      add("told", `${id}: ${what} for ${(now() - since) / minute} min, ${inWords ? "no metric" : "no words"} tells`);
    }
  }

  /** Once what became of a call is known, the day's updates are those that happened. */
  function ledger(): void {
    const config = configs["dev-stream"];
    if (config?.kind !== "stream" || !ledgerKnown || isBroken("dev-stream")) return;
    const { updates, change } = sound("dev-stream");
    if (change || !Array.isArray(updates) || !facts.atRest("dev-stream")) return;
    // Another hand's update counts from when it was seen, which may be hours later.
    const happened = facts.starts.filter((at) => at > now() - 2 * day).length;
    const counted = updates.length;
    if (counted <= happened) return;
    ledgerKnown = false;
    add("ledger", `${counted} updates are counted, ${happened} have happened`);
  }

  return {
    call,
    lines,
    isBroken,
    isUnknown,
    accepted(id) {
      askedAt[id] = now();
      const { text, version } = world.parameter(id, "desired");
      // What was asked for again and is kept has been seen.
      if (`${version}${text}` !== accepted[id]) unseen[id] = now();
      accepted[id] = `${version}${text}`;
      delete stale[id];
    },
    reset(id, kind) {
      if (kind === "config") return;
      if (kind === "state" && id === "dev-stream") ledgerKnown = false;
      const asked = kind === "state" && (now() - (askedAt[id] ?? -Infinity) < patience || isDatedNow(id));
      if (!asked) stale[id] = { since: now(), why: `${kind} was made anew or is not what the scaler wrote` };
    },
    doubtful() {
      ledgerKnown = false;
    },
    mode(is) {
      // What AWS did while nobody looked, or could write what he saw, or too late to be seen, can't be told from another hand's update.
      if (!is && (grown.at > now() - 5 * minute || stored < grown.at)) ledgerKnown = false;
      onDemand = is;
      if (!is) switchedBack = now();
    },
    minute(whole) {
      if (facts.countOf("dev-stream") !== grown.shards) {
        const shards = facts.countOf("dev-stream");
        grown = { at: onDemand ? now() : grown.at, shards };
        if (now() - switchedBack < 4 * minute || switchedBack > minuteBefore) ledgerKnown = false;
      }
      minuteBefore = now();
      ledger();
      wholeMinutes = whole ? wholeMinutes + 1 : 0;
      for (const id of ids()) if (configs[id]) tell(id, configs[id]);
    },
  };
}

/** As it stands in a line of the log. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
