import { fakeCloud } from "/work/main/tests/sandbox/support/fakeCloud";
import { createCloudWatch } from "/work/main/sandbox/services/cloudwatch/cloudwatch";
import { Phase } from "/work/main/sandbox/core/clock";
import { streamUtilisation, flinkUtilisation } from "/work/main/components/signals";
async function main() {
  const days = Number(process.argv[2] ?? 1);
  const cloud = fakeCloud({ peers: { runScalingPolicy: async () => {}, notify: () => {} } });
  const cw = createCloudWatch(cloud, { delay: process.argv[3] === "random" ? "random" : 60 });
  const names: any = { stack: "dev", streamName: "s", applicationName: "a", streamDimension: "dev-stream", applicationDimension: "dev-flink" };
  const toShape = (rows: any[]) => rows.map((r) => r.metric ? { Id: r.id, ReturnData: r.returnData, MetricStat: { Stat: r.metric.stat, Period: 60, Metric: { Namespace: r.metric.namespace, MetricName: r.metric.metricName, Dimensions: Object.entries(r.metric.dimensions).map(([Name, Value]) => ({ Name, Value })) } } } : { Id: r.id, Expression: r.expression, ReturnData: r.returnData });
  const out = toShape(streamUtilisation("out", names)), inn = toShape(flinkUtilisation("in", names, { recordsPerKpuPerMinute: 60000, catchUpSeconds: 300, lagForScaleInSeconds: 60, lagMetric: "flink" }));
  const keys = [...out, ...inn].flatMap((r: any) => r.MetricStat ? [{ namespace: r.MetricStat.Metric.Namespace, name: r.MetricStat.Metric.MetricName, dimensions: Object.fromEntries(r.MetricStat.Metric.Dimensions.map((d: any) => [d.Name, d.Value])) }] : []);
  const alarms = Number(process.argv[4] ?? 20);
  for (let i = 0; i < alarms / 2; i++) {
    await cw.operations.PutMetricAlarm!({ AlarmName: "o" + i, Metrics: out, EvaluationPeriods: 5, DatapointsToAlarm: 4, Threshold: 80, ComparisonOperator: "GreaterThanThreshold", AlarmActions: ["arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:x:y"] }, {} as any);
    await cw.operations.PutMetricAlarm!({ AlarmName: "i" + i, Metrics: inn, EvaluationPeriods: 90, DatapointsToAlarm: 90, Threshold: 35, ComparisonOperator: "LessThanThreshold", AlarmActions: ["arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:x:z"] }, {} as any);
  }
  const others = Array.from({ length: 60 }, (_, i) => ({ namespace: "AWS/KinesisAnalytics", name: "m" + i, dimensions: { Application: "a" } }));
  const all = [...new Map([...keys, ...others].map((k) => [JSON.stringify(k), k])).values()].slice(0, 60);
  const one: any = { namespace: "", name: "", dimensions: {}, timestamp: 0, value: 0 };
  cloud.clock.everyMinute(Phase.Traffic, () => {
    const now = cloud.clock.now();
    const load = 60000 * (1 + Math.sin(now / 1e7));
    for (const key of all) { one.namespace = key.namespace; one.name = key.name; one.dimensions = key.dimensions; one.timestamp = now - 60000; one.value = key.name.startsWith("Desired") ? 2 : load; cw.publish(one); }
  });
  const mem = () => { (global as any).gc?.(); (global as any).gc?.(); const m = process.memoryUsage(); return Math.round((m.heapUsed + m.arrayBuffers) / 1e5) / 10; };
  console.log("base mem", mem(), "series", all.length, "alarms", alarms);
  for (let d = 1; d <= days; d++) {
    const t = process.cpuUsage();
    await cloud.clock.advanceTo(cloud.clock.now() + 86400000);
    const u = process.cpuUsage(t);
    if (!process.env.QUIET && (d <= 5 || d % 10 === 0 || d === 15 || d === 16)) console.log(`day ${d}: ${((u.user + u.system) / 1000).toFixed(0)} ms cpu, mem ${mem()} MB`);
  }
}
main();
