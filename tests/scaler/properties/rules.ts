/** What always holds, whatever happens. */
export const rules = {
  bounds: "desired stays within min and max, in every answer, in every metric and in every call",
  limits: "no call breaks a limit that the scaler could know",
  oneChange: "a pipeline never has two changes at once",
  outcome: "an accepted desired ends reached, replaced, or Failed with a reason",
  equalRanges: "the shards' ranges are equal at the end",
  noWiderRange: "a plan never makes a range wider than the widest was when it began",
  quiet: "when the faults stop, capacity becomes desired within a bounded time and nothing more is changed",
  answers: "GET and PATCH of a known id never answer 5xx, and a run whose parameters can be read never throws",
  parameters: "PATCH writes desired alone, the minute run state alone, in at most 4 KB",
  backOff: "after the last failed update the same or more is not tried again for ten minutes",
  drained: "with an affected connector no restart begins after a reshard before its parents are known to be drained",
  stopped: "an application that is stopped is not updated",
  observe: "observe mode changes no capacity",
  restarts: "an application whose update failed is not updated again within ten minutes, whatever is asked for",
  unending: "an error that doesn't end is met at most eight times an hour in each direction",
  secondRoad: "splits and merges begin only when the day's updates are really spent",
  ledger: "the day's ledger holds no update that did not happen, on-demand's own scaling included",
  stale: "what was asked for 15 minutes before a run first sees it moves nothing, nor do parameters that are made anew",
  told: "every trouble of more than 15 minutes is in a metric and in words that name it",
  bystander: "a pipeline without trouble of its own follows its PATCHes, whatever happens to the one beside it",
} as const;

export type Rule = keyof typeof rules;

export interface Broken {
  rule: Rule;
  /** Minute of the scenario. */
  minute: number;
  what: string;
}
