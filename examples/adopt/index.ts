/** Stream and application are there already, and stay who they are: only what scales and watches them is new. */
import { Pipeline } from "sluice";

const clicks = new Pipeline("clicks", {
  stream: { existing: "clicks-prod", maxShards: 128 },
  application: {
    existing: "enrich-clicks",
    recordsPerKpuPerMinute: 45_000,
    scaling: { scaleInMinutes: 120, scaleInDatapoints: 120 },
  },
  alarms: { emails: ["oncall@example.com"] },
  // Decides, logs and publishes, and changes nothing: look at the dashboard for a week, then set "act".
  mode: "observe",
});

export const dashboardUrl = clicks.dashboardUrl;
export const alarmTopicArn = clicks.alarmTopicArn;
export const streamName = clicks.streamName;
export const applicationName = clicks.applicationName;
