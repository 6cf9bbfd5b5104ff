import type { Rule } from "../scaler/properties/rules";
import type { Edit } from "../support/loadScaler";

/** A scaler with one mistake in it, as an edit of the real one's text. */
export interface Mutant {
  name: string;
  edits: Edit[];
  /** Seed of the scenarios in which it is soon caught, where the usual ones take long. */
  seed?: number;
  /** The rule that must catch it, in scenarios of what nobody means to happen. Without: any rule, in the usual ones. */
  breaks?: Rule;
}

/** Mistakes that the property tests must catch. */
export const mutants: readonly Mutant[] = [
  {
    name: "ignores the other dimension's status",
    edits: [
      {
        file: "decide/turns.ts",
        from: "const busy = verdicts.find((verdict) => verdict.busy)?.busy;",
        to: "const busy = [].at(0);",
      },
    ],
  },
  {
    name: "forgets the ledger on a crash",
    seed: 12,
    edits: [
      {
        file: "run/begin.ts",
        from: "blocked: undefined, updates: withUpdate(state, at, from) },",
        to: "blocked: undefined },",
      },
      {
        file: "run/begin.ts",
        from: "const updates = unseen ? withUpdate(intent, change.at, change.from) : intent.updates;",
        to:
          "const counted = change.call === 'UpdateShardCount' ? withUpdate(intent, change.at, change.from) : intent.updates;" +
          "const updates = unseen ? withUpdate({ ...intent, updates: counted }, change.at, change.from) : counted;",
      },
    ],
  },
  {
    name: "takes RUNNING after a rollback for success",
    edits: [
      {
        file: "decide/flink.ts",
        from: 'case "FAILED":\n      return failed(',
        to: 'case "FAILED":\n      if (sight.status === "RUNNING") return isDone;\n      return failed(',
      },
    ],
  },
  {
    name: "sends a plan's split again after a time-out",
    seed: 18,
    edits: [
      {
        file: "run/begin.ts",
        from: "    return notBegun(verdict, prepared, error);",
        to:
          '    if (change.call === "SplitShard" && failureOf(change.call, error) === "unknown") await prepared.call().catch(() => undefined);\n' +
          "    return notBegun(verdict, prepared, error);",
      },
    ],
  },
  {
    name: "counts its own updates only",
    edits: [
      {
        file: "decide/anotherHand.ts",
        from: 'if (look.kind === "stream" && !look.sight.onDemand)',
        to: 'if (look.kind !== "stream")',
      },
    ],
  },
  {
    name: "treats missing lag as none",
    seed: 3,
    edits: [
      {
        file: "decide/turns.ts",
        from: "return !lag || lag.at < reshard || lag.milliseconds >= drainedLag;",
        to: "return lag !== undefined && (lag.at < reshard || lag.milliseconds >= drainedLag);",
      },
    ],
  },
  {
    name: "begins without storing first what it is about to call",
    edits: [
      {
        file: "run/begin.ts",
        from: "if (lock === member) return write(member, { ...intent, turn });",
        to: "if (lock === member) return true;",
      },
    ],
  },
  {
    name: "asks for less than half of an odd count",
    edits: [{ file: "decide/ladder.ts", from: "Math.ceil(from / 2)", to: "Math.floor(from / 2)" }],
  },
  {
    name: "goes on at once after a failed update",
    seed: 13,
    edits: [{ file: "decide/backoff.ts", from: "return backoff && now < backoff.until", to: "return backoff && now < 0" }],
  },
  {
    name: "restarts an application again as soon as something else is asked for",
    breaks: "restarts",
    edits: [{ file: "decide/giveUp.ts", from: "restarted ? restEnd(look.now) : state.restUntil", to: "state.restUntil" }],
  },
  {
    name: "tries again each minute, and after it has given up at once",
    breaks: "unending",
    edits: [
      { file: "decide/giveUp.ts", from: "(attemptPauses[count - 1] ?? patienceMinutes)", to: "1" },
      { file: "decide/backoff.ts", from: "const firstMinutes = 10", to: "const firstMinutes = 1" },
    ],
  },
  {
    name: "takes the account's quota of shards for the day's limit",
    seed: 6,
    breaks: "secondRoad",
    edits: [
      { file: "aws/errors.ts", from: "return /shard (limit|quota)|account|quota/i.test(text) ? ", to: "return text === '' ? " },
    ],
  },
  {
    name: "counts updates that were never seen to begin",
    breaks: "ledger",
    edits: [{ file: "decide/stream.ts", from: "change.begun ? doubtful :", to: "change.call ? doubtful :" }],
  },
  {
    name: "carries out what was asked for while nobody looked",
    seed: 25,
    breaks: "stale",
    edits: [
      {
        file: "decide/desired.ts",
        from: "record !== undefined && state.seen !== key &&",
        to: "record !== undefined && now < 0 &&",
      },
    ],
  },
  {
    name: "tells of what is gone in no metric",
    breaks: "told",
    edits: [
      { file: "run/report.ts", from: "errors.length > 0 || state.gone ?", to: "errors.some((error) => error !== state.gone) ?" },
    ],
  },
  {
    name: "finds what its language has under a dimension's id",
    breaks: "bystander",
    edits: [
      {
        file: "aws/parameters.ts",
        from: "const found = byId.get(id) ?? {};",
        to: "if (id in {}) continue; const found = byId.get(id) ?? {};",
      },
    ],
  },
];
