/** What always holds of the whole loop: metrics, alarms, Application Auto Scaling, the API, the scaler, the services. */
export const loopRules = {
  evidence: "nothing scales in without evidence for its window",
  restarts: "no failing application is restarted more than once in ten minutes",
  eyesShut: "while no run looks nothing moves, and what is asked for meanwhile is not carried out after 15 minutes",
  told: "every trouble of more than 15 minutes is in an alarm that is in ALARM, and in words",
  rest: "constant traffic brings both dimensions to rest",
} as const;

export type LoopRule = keyof typeof loopRules;

export interface BrokenLoop {
  rule: LoopRule;
  /** Minute of the episode. */
  minute: number;
  what: string;
}
