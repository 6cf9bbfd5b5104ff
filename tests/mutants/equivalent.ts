/** A mutant that no test can notice. It is found by its text: the line that it begins in, what it replaces, and what with. */
export interface EquivalentMutant {
  in: string;
  from: string;
  to: string;
}

/** Mutants of a file that behave as the file does, and why. */
export interface Reason {
  file: string;
  why: string;
  mutants: EquivalentMutant[];
}

/** Survivors that stay, each with its reason. A run fails where one of them is killed or exists no more. */
export const reasons: readonly Reason[] = [
  {
    file: "scaler/decide/ladder.ts",
    why: "where both counts are the same, both sides give it",
    mutants: [
      {
        in: "return to > from ? Math.min(to, 2 * from) : Math.max(to, Math.ceil(from / 2));",
        from: "to > from",
        to: "to >= from",
      },
    ],
  },
  {
    file: "scaler/decide/plan.ts",
    why: "of two keys that are the same, both differences are 0",
    mutants: [{ in: "const distance = a > b ? a - b : b - a;", from: "a > b", to: "a >= b" }],
  },
  {
    file: "scaler/decide/plan.ts",
    why: "a tolerance of 3.4e29 keys: one key more or less is no other rule",
    mutants: [
      {
        in: "return distance <= keySpace() / 1_000_000_000n;",
        from: "distance <= keySpace() / 1_000_000_000n",
        to: "distance < keySpace() / 1_000_000_000n",
      },
    ],
  },
  {
    file: "scaler/decide/plan.ts",
    why: "a boundary that is the key itself is the same one, which the next condition leaves out",
    mutants: [
      {
        in: "const low = equalBoundary(atStart, count) > start && !same(equalBoundary(atStart, count), start) ? atStart : atStart + 1n;",
        from: "equalBoundary(atStart, count) > start",
        to: "equalBoundary(atStart, count) >= start",
      },
      {
        in: "const high = equalBoundary(atEnd, count) < end && !same(equalBoundary(atEnd, count), end) ? atEnd : atEnd - 1n;",
        from: "equalBoundary(atEnd, count) < end",
        to: "equalBoundary(atEnd, count) <= end",
      },
    ],
  },
  {
    file: "scaler/decide/plan.ts",
    why: "a range exactly as wide as the equal ones that has a boundary inside is split before or after the merges: both lead there",
    mutants: [
      {
        in: "if (widest && width(widest) > keySpace() / BigInt(count)) return split(widest, count);",
        from: "width(widest) > keySpace() / BigInt(count)",
        to: "width(widest) >= keySpace() / BigInt(count)",
      },
    ],
  },
  {
    file: "scaler/decide/plan.ts",
    why: "the lowest and the highest boundary inside are themselves, whichever side gives them",
    mutants: [
      {
        in: "const index = middle < inside.low ? inside.low : middle > inside.high ? inside.high : middle;",
        from: "middle < inside.low",
        to: "middle <= inside.low",
      },
      {
        in: "const index = middle < inside.low ? inside.low : middle > inside.high ? inside.high : middle;",
        from: "middle > inside.high",
        to: "middle >= inside.high",
      },
    ],
  },
  {
    file: "scaler/run/reconcile.ts",
    why: "no two pipelines have one name, and no two dimensions one id",
    mutants: [
      { in: ".sort(([a], [b]) => (a < b ? -1 : 1))", from: "a < b", to: "a <= b" },
      {
        in: ".map(([, members]) => members.sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1)));",
        from: "a.id < b.id",
        to: "a.id <= b.id",
      },
    ],
  },
  {
    file: "scaler/run/reconcile.ts",
    why: "the golden ratio's reciprocal is one more than itself: its multiples have the same fractions",
    mutants: [
      {
        in: "const start = Math.floor(items.length * ((Math.floor(now / 60_000) * goldenRatio) % 1));",
        from: "Math.floor(now / 60_000) * goldenRatio",
        to: "Math.floor(now / 60_000) / goldenRatio",
      },
    ],
  },
  {
    file: "components/scaling/stepAdjustments.ts",
    why: "what one call can do is then what is needed: both give it",
    mutants: [
      {
        in: "const oneCall = needed > callPercent && (100 * upper) / (100 + callPercent) <= enough;",
        from: "needed > callPercent",
        to: "needed >= callPercent",
      },
      {
        in: "const oneCall = -possible > callPercent && (100 * lower) / (100 - callPercent) >= enough;",
        from: "-possible > callPercent",
        to: "-possible >= callPercent",
      },
    ],
  },
  {
    file: "components/scaling/stepAdjustments.ts",
    why: "of ends that are equal one is kept, whether the first or the last",
    mutants: [{ in: "return ends.filter((end, i) => end !== ends[i - 1]);", from: "i - 1", to: "i + 1" }],
  },
  {
    file: "components/scaling/flapCheck.ts",
    why: "at the minimum and below it nothing is removed",
    mutants: [{ in: "for (let capacity = min + 1; capacity <= max; capacity++) {", from: "min + 1", to: "min - 1" }],
  },
  {
    file: "scaler/decide/flink.ts",
    why: "what is there already has been answered above",
    mutants: [
      {
        in: 'return { call: "UpdateApplication", from: actual, to, direction: to > actual ? "out" : "in" };',
        from: "to > actual",
        to: "to >= actual",
      },
    ],
  },
  {
    file: "scaler/decide/stream.ts",
    why: "with desired there and no plan nothing is wished; with a plan both lines lead to it",
    mutants: [
      {
        in: "if (desired >= actual) return planWish(state, actual, desired);",
        from: "desired >= actual",
        to: "desired > actual",
      },
    ],
  },
  {
    file: "scaler/decide/words.ts",
    why: "only where the search begins: it ends at the same length",
    mutants: [
      {
        in: "let end = Math.min(reason.length, reasonBytes);",
        from: "Math.min(reason.length, reasonBytes)",
        to: "Math.max(reason.length, reasonBytes)",
      },
    ],
  },
  {
    file: "scaler/decide/turns.ts",
    why: "no two dimensions have one id",
    mutants: [
      {
        in: "const ready = [...wishing].sort((a, b) => rank(a, overtaking) - rank(b, overtaking) || (a.look.id < b.look.id ? -1 : 1));",
        from: "a.look.id < b.look.id",
        to: "a.look.id <= b.look.id",
      },
    ],
  },
  {
    file: "scaler/decide/anotherHand.ts",
    why: "it is asked only where the capacity has moved",
    mutants: [
      {
        in: "if (actual > before && actual > desired) return adopt(`${moved}, above desired (${desired}): adopted`);",
        from: "actual > before",
        to: "actual >= before",
      },
    ],
  },
  {
    file: "config/keys.ts",
    why: "every path has a name; the default is for the type checker",
    mutants: [
      {
        in: 'function set(target: Record<string, unknown>, [name = "", ...rest]: string[], value: unknown): void {',
        from: '""',
        to: '"Stryker was here!"',
      },
    ],
  },
  {
    file: "scaler/aws/parse.ts",
    why: "no JSON either: both give undefined",
    mutants: [{ in: 'return JSON.parse(text ?? "");', from: '""', to: '"Stryker was here!"' }],
  },
  {
    file: "scaler/aws/parse.ts",
    why: "a function that ends without a value gives undefined",
    mutants: [{ in: "} catch {", from: "{ return undefined; }", to: "{}" }],
  },
  {
    file: "scaler/aws/parameters.ts",
    why: "a parameter has its name and its value; `??` is for the type checker, and what it gives is no dimension and no state",
    mutants: [
      {
        in: 'const [id, kind, more] = (parameter.Name ?? "").slice(prefix.length + 1).split("/");',
        from: '""',
        to: '"Stryker was here!"',
      },
      { in: 'const stateText = found["state"]?.Value ?? "";', from: '""', to: '"Stryker was here!"' },
    ],
  },
  {
    file: "scaler/aws/parameters.ts",
    why: "no two dimensions have one id",
    mutants: [{ in: ".sort(([a], [b]) => (a < b ? -1 : 1))", from: "a < b", to: "a <= b" }],
  },
  {
    file: "scaler/names.ts",
    why: "an id has no line break: what ends like one is one from its beginning",
    mutants: [
      {
        in: "const [, pipeline, kind] = /^(.*)-(stream|flink)$/.exec(id) ?? [];",
        from: "/^(.*)-(stream|flink)$/",
        to: "/(.*)-(stream|flink)$/",
      },
    ],
  },
  {
    file: "scaler/names.ts",
    why: "the first element isn't looked at: there is no second one either way",
    mutants: [
      {
        in: "const [, pipeline, kind] = /^(.*)-(stream|flink)$/.exec(id) ?? [];",
        from: "[]",
        to: '["Stryker was here"]',
      },
    ],
  },
  {
    file: "scaler/aws/flink.ts",
    why: "no error either way; that it is undefined is said for the type checker",
    mutants: [
      {
        in: "const { error } = failed ? await operationOf(aws, name, failed) : { error: undefined };",
        from: "{ error: undefined }",
        to: "{}",
      },
    ],
  },
  {
    file: "scaler/decide/desired.ts",
    why: "what is undefined is stored like what isn't there",
    mutants: [
      {
        in: "if (state.backoff) state.backoff = freshBackoff(state, now);",
        from: "state.backoff",
        to: "true",
      },
      {
        in: "return pendingSince === state.pendingSince ? verdict : { ...verdict, state: { ...state, pendingSince } };",
        from: "pendingSince === state.pendingSince",
        to: "false",
      },
    ],
  },
  {
    file: "scaler/decide/giveUp.ts",
    why: "where the capacity that is there is known, so is the one that is desired",
    mutants: [
      {
        in: "if (actual === undefined || desired === undefined || desired === actual) return noted(verdict, action, reason);",
        from: "desired === undefined",
        to: "false",
      },
    ],
  },
  {
    file: "scaler/decide/stream.ts",
    why: "the count is the one that the change began from, which is the one known: none has moved it",
    mutants: [
      {
        in: 'return wishing(look, afterAttempt({ ...rest, state }, { from, to, reason }, at, "failed"), false, nextStep);',
        from: "false",
        to: "true",
      },
    ],
  },
  {
    file: "components/scaling/scheduledActions.ts",
    why: "a window has both its ends; the defaults are for the type checker",
    mutants: [
      {
        in: 'function openings({ from = "", to = "", days }: ScheduledMinimumArgs): { begin: number; end: number; length: number }[] {',
        from: '""',
        to: '"Stryker was here!"',
      },
    ],
  },
  {
    file: "components/scaling/signals/applicationSignal.ts",
    why: "a busy time without its task is refused before; the default is for the type checker",
    mutants: [
      {
        in: 'const { signal, busyTask = "", expression, targetPercent } = scaling;',
        from: '""',
        to: '"Stryker was here!"',
      },
    ],
  },
];
