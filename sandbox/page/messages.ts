/** What the server sends to the browser, as JSON in server-sent events. Times in ms since the epoch, virtual. */

/** `whole`: everything, after every (re)connection and restart. */
export interface WholeMessage {
  run: RunState;
  /** Undefined: all pipelines are looked at. */
  pipeline: PipelineState | undefined;
  timeline: TimelineEntry[];
  alarms: AlarmView[];
  dashboard: DashboardView;
  data: DataChange;
  logs: LogTables;
}

/** `change`: what differs from what the browser has. */
export interface ChangeMessage {
  run: RunState;
  pipeline?: PipelineState;
  /** New entries and those that changed, by id. */
  timeline?: TimelineEntry[];
  alarms?: AlarmView[];
  data?: DataChange;
  logs?: LogTables;
}

export interface RunState {
  stack: string;
  stacks: readonly string[];
  /** Names of the stack's pipelines where there are several to choose from. */
  pipelines: readonly string[];
  speed: number | "max";
  state: "running" | "paused" | "ended" | "starting";
  /** Now; 0 while a sandbox is being started. */
  time: number;
  traffic: string;
  /** Minutes of the traffic that have passed, and how many it has; undefined: it goes on for ever. */
  played: number;
  minutes?: number;
}

export type Health = "good" | "changing" | "warning" | "bad";

/** The strip above the dashboard. */
export interface PipelineState {
  producer: {
    status: string;
    health: Health;
    stopped: boolean;
    demand: number;
    throttled: number;
    lost: number;
    waiting: number;
  };
  stream: Stage & { shards: number };
  application: Stage & { kpus: number; lagSeconds: number; backlog: number; stopped: boolean };
  /** What is happening, in a sentence or two. */
  now: string;
}

interface Stage {
  name: string;
  status: string;
  health: Health;
  desired?: number;
  /** In observe mode: what is asked for doesn't come. */
  observed: boolean;
  min: number;
  max: number;
  /** Percent. */
  utilisation: number;
  scaleInPercent: number;
  scaleOutPercent: number;
}

export interface TimelineEntry {
  id: number;
  time: number;
  who: string;
  kind: "out" | "in" | "problem" | "information" | "command";
  /** What was decided, or what happened. */
  title: string;
  /** Why, in words. */
  why?: string;
  state: "open" | "done" | "failed" | "replaced" | "noted";
  /** What it waits for, while it is open. */
  waits?: string;
  /** Said so many times, until then. */
  again?: { times: number; until: number };
  steps: { time: number; text: string; done?: number }[];
  /** When it was done, failed or was replaced. */
  closed?: number;
  outcome?: string;
}

export interface AlarmView {
  arn: string;
  name: string;
  state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  reason: string;
  description: string;
  since: number;
}

export interface DashboardView {
  name: string;
  /** Why there is nothing to draw. */
  problem?: string;
  widgets: WidgetView[];
  variables: VariableView[];
}

export interface WidgetView {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** As in the dashboard's body, without metrics and query. */
  properties: Record<string, unknown>;
}

export interface VariableView {
  id: string;
  label: string;
  inputType: string;
  value: string;
  values: { label: string; value: string }[];
}

/** Time series by the widget's index. Every widget with a graph is in it once; later only those with news. */
export interface DataChange {
  /** End of the time range shown, excluded. */
  end: number;
  rangeMinutes: number;
  widgets: Record<number, WidgetData>;
}

export interface WidgetData {
  series?: SeriesData[];
  /** Series that stay as they are but for their newest points, in the order of `series`. */
  tails?: SeriesTail[];
  /** Why there is nothing to draw; "" when there is something. */
  note?: string;
}

export interface SeriesData {
  id: string;
  label: string;
  color?: string;
  axis: "left" | "right";
  /** Seconds. */
  period: number;
  start: number;
  values: (number | null)[];
}

/** The series now begins at `start`, keeps its points up to index `at` (counted from there) and goes on with `values`. */
export interface SeriesTail {
  start: number;
  at: number;
  values: (number | null)[];
}

/** Tables of log widgets by the widget's index. */
export type LogTables = Record<number, { fields: string[]; rows: string[][]; note?: string }>;
