/** A stream of 8 shards, an application, and all that scales and watches them: from the job's jar and what one of its KPUs can do. */
import { Pipeline } from "sluice";

const orders = new Pipeline("orders", {
  application: { codeJar: "target/orders.jar", recordsPerKpuPerMinute: 30_000 },
});

export const dashboardUrl = orders.dashboardUrl;
export const streamName = orders.streamName;
export const applicationName = orders.applicationName;
