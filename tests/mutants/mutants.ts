import type { Edit } from "../support/loadScaler";

/** A scaler with one mistake in it, as an edit of the real one's text. */
export interface Mutant {
  name: string;
  edits: Edit[];
}

/** Mistakes that the property tests must catch. */
export const mutants: readonly Mutant[] = [
  {
    name: "ignores the other dimension's status",
    edits: [
      {
        file: "turns.ts",
        from: "const busy = turns.find(({ verdict }) => verdict.busy);",
        to: "const busy = [].find((turn: Turn) => turn) as Turn | undefined;",
      },
    ],
  },
  {
    name: "forgets the ledger on a crash",
    edits: [
      {
        file: "begin.ts",
        from: "blocked: undefined, updates: withUpdate(verdict.state, run.now, wish.from) },",
        to: "blocked: undefined },",
      },
      {
        file: "begin.ts",
        from: "const state = { ...withUnseenUpdate(intent, change, shards), change: { ...change, sent: true, operationId } };",
        to:
          "const updates = change.call === 'UpdateShardCount' ? withUpdate(intent, run.now, change.from) : intent.updates;" +
          "const state = { ...withUnseenUpdate({ ...intent, updates }, change, shards), change: { ...change, sent: true, operationId } };",
      },
    ],
  },
  {
    name: "takes RUNNING after a rollback for success",
    edits: [
      {
        file: "decideFlink.ts",
        from: 'case "FAILED":\n      return failed(',
        to: 'case "FAILED":\n      if (sight.status === "RUNNING") return { is: "done" };\n      return failed(',
      },
    ],
  },
  {
    name: "sends a plan's split again after a time-out",
    edits: [
      {
        file: "begin.ts",
        from: "    return notBegun(run, member, { change, intent, words }, error);",
        to:
          '    if (change.call === "SplitShard" && failureOf(change.call, error) === "unknown") await call().catch(() => undefined);\n' +
          "    return notBegun(run, member, { change, intent, words }, error);",
      },
    ],
  },
  {
    name: "counts its own updates only",
    edits: [
      {
        file: "settle.ts",
        from: 'if (look.config.kind === "stream") state.updates = withUpdate(',
        to: 'if (look.config.kind !== "stream") state.updates = withUpdate(',
      },
    ],
  },
  {
    name: "treats missing lag as none",
    edits: [
      {
        file: "turns.ts",
        from: "return !lag || lag.at < reshard || lag.milliseconds >= drainedLag;",
        to: "return lag !== undefined && (lag.at < reshard || lag.milliseconds >= drainedLag);",
      },
    ],
  },
  {
    name: "begins without storing first what it is about to call",
    edits: [
      {
        file: "begin.ts",
        from: "if (lock === member) return write(member, { ...intent, turn });",
        to: "if (lock === member) return true;",
      },
    ],
  },
  {
    name: "asks for less than half of an odd count",
    edits: [{ file: "ladder.ts", from: "Math.ceil(from / 2)", to: "Math.floor(from / 2)" }],
  },
  {
    name: "goes on at once after a failed update",
    edits: [{ file: "desired.ts", from: "return backoff && now < backoff.until", to: "return backoff && now < 0" }],
  },
];
