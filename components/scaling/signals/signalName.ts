/** What a dimension is scaled on. The names are those of the argument `signal`. */
export const SignalName = {
  Throughput: "throughput",
  BusyTime: "busyTime",
  Cpu: "cpu",
  Lag: "lag",
  Expression: "expression",
} as const;
export type SignalName = (typeof SignalName)[keyof typeof SignalName];
