import { minute } from "../core/clock";
import type { Shape } from "../core/cloud";
import { planDashboard, type DashboardPlan } from "./dashboard";
import type { Feed } from "./feed";
import type { ChangeMessage, DashboardView, DataChange, LogTables, TimelineEntry, WholeMessage, WidgetData } from "./messages";
import { pipelineState } from "./pipelineState";
import { widgetChange } from "./seriesChange";
import { logTable, widgetData } from "./widgetData";

/** What a browser asked to see. */
export interface ViewOptions {
  /** Name of the pipeline, or `allPipelines`; "": the first one. */
  pipeline: string;
  rangeMinutes: number;
  /** Values of dashboard variables by id. */
  variables: Readonly<Record<string, string>>;
}

export type ViewMessage = Omit<WholeMessage, "run">;
export type ViewChange = Omit<ChangeMessage, "run">;

/** The dashboard over one time range with one choice of variables, and what its browsers have been sent of it. */
export interface View {
  /** Evaluates everything up to now; what differs from the last time. */
  refresh(): ViewChange;
  /** Everything as of the last refresh. */
  whole(): ViewMessage;
  /** Something was left for a later refresh: log queries are paced. */
  readonly behind: boolean;
}

/** Of a log table, ms of the machine's time between two queries are at least this many times what a query takes. */
const logRest = 20;

/** @param machineClock ms; only paces how often log queries run. */
export async function createView(feed: Feed, options: ViewOptions, machineClock: () => number): Promise<View> {
  const { cloud } = feed.sandbox;
  const plan = await makePlan(feed, options);
  const data = new Map<number, WidgetData>();
  const sent = { alarms: "", pipeline: "", timeline: 0 };
  let end = 0;
  let logs: LogTables = {};
  let logsOf = -1;
  let logsAgain = 0;

  const range = () => ({ start: end - options.rangeMinutes * minute, end });

  const refreshData = (): DataChange | undefined => {
    const now = Math.floor(cloud.clock.now() / minute) * minute;
    if (now === end) return undefined;
    end = now;
    const { start } = range();
    const widgets: Record<number, WidgetData> = {};
    for (const [index, rows] of plan.graphs) {
      const after = widgetData(cloud.cloudwatch, rows, start, end);
      const change = widgetChange(data.get(index), after);
      data.set(index, after);
      if (change) widgets[index] = change;
    }
    return { end, rangeMinutes: options.rangeMinutes, widgets };
  };

  const logsAreBehind = () => plan.logs.size > 0 && logsOf !== feed.linesLogged();

  const refreshLogs = (): LogTables | undefined => {
    if (!logsAreBehind() || machineClock() < logsAgain) return undefined;
    const begin = machineClock();
    logsOf = feed.linesLogged();
    const { start } = range();
    const changed: LogTables = {};
    for (const [index, query] of plan.logs) {
      // Inclusive: what was logged at this minute belongs to it.
      const table = logTable(cloud.logs.query, query, start, end + 1);
      if (JSON.stringify(table) !== JSON.stringify(logs[index])) changed[index] = table;
    }
    logs = { ...logs, ...changed };
    logsAgain = machineClock() + logRest * (machineClock() - begin);
    return Object.keys(changed).length > 0 ? changed : undefined;
  };

  const news = <T>(key: "alarms" | "pipeline", value: T): T | undefined => {
    const text = JSON.stringify(value);
    if (sent[key] === text) return undefined;
    sent[key] = text;
    return value;
  };

  const pipeline = () => (feed.isPipeline ? pipelineState(feed.sandbox, feed.timeline, feed.lastMinute()) : undefined);
  const timeline = (): TimelineEntry[] | undefined => {
    const changed = feed.timeline.since(sent.timeline);
    sent.timeline = feed.timeline.version();
    return changed.length > 0 ? changed : undefined;
  };

  return {
    get behind() {
      return logsAreBehind();
    },
    refresh: () => ({
      data: refreshData(),
      logs: refreshLogs(),
      pipeline: news("pipeline", pipeline()),
      alarms: news("alarms", feed.alarms()),
      timeline: timeline(),
    }),
    whole: () => ({
      dashboard: plan.view,
      data: { end, rangeMinutes: options.rangeMinutes, widgets: Object.fromEntries(data) },
      logs,
      pipeline: pipeline(),
      alarms: feed.alarms(),
      timeline: [...feed.timeline.entries()],
    }),
  };
}

async function makePlan({ dashboard, sandbox }: Feed, { variables }: ViewOptions): Promise<DashboardPlan> {
  if (!dashboard) return emptyPlan("The stack has no dashboard.");
  const { cloud } = sandbox;
  const { MetricAlarms = [] } = await cloud.call(
    "cloudwatch",
    "DescribeAlarms",
    { AlarmTypes: ["MetricAlarm"], MaxRecords: 100 },
    cloud.deployer,
  );
  const alarms = MetricAlarms as Shape[];
  return planDashboard(dashboard.name, dashboard.body, variables, (arn) => alarms.find(({ AlarmArn }) => AlarmArn === arn));
}

function emptyPlan(problem: string): DashboardPlan {
  const view: DashboardView = { name: "", problem, widgets: [], variables: [] };
  return { view, graphs: new Map(), logs: new Map() };
}
