import { carryOut, endOperation, enter, log, startOperation, type FlinkAccount } from "./account";
import { currentKpus, kpusFor, parallelismOf, type Application } from "./application";
import { restartSeconds } from "./update";
import { restartJob } from "./work";

const scaleOutPercent = 75;
const scaleOutPoints = 15;
const scaleInPercent = 10;
const scaleInPoints = 360;

/**
 * The service's own autoscaling, if it is left on: containerCPUUtilization of 75 % or more for 15 minutes doubles the parallelism,
 * under 10 % for six hours halves it (rounded up), never below the configured Parallelism nor above the KPU quota
 * ("Use automatic scaling in Managed Service for Apache Flink").
 */
export function autoscale(account: FlinkAccount, application: Application, cpuPercent: number | undefined): void {
  const described =
    application.version.configuration.FlinkApplicationConfigurationDescription.ParallelismConfigurationDescription;
  const { autoscaling } = application;
  if (!described.AutoScalingEnabled || application.status !== "RUNNING" || cpuPercent === undefined) {
    autoscaling.highPoints = autoscaling.lowPoints = 0;
    return;
  }
  autoscaling.highPoints = cpuPercent >= scaleOutPercent ? autoscaling.highPoints + 1 : 0;
  autoscaling.lowPoints = cpuPercent < scaleInPercent ? autoscaling.lowPoints + 1 : 0;
  const current = application.currentParallelism;
  const { parallelism, perKpu } = parallelismOf(application.version.configuration);
  // What maxParallelism does to it is undocumented; here it stays below.
  const most = Math.min(account.settings.kpuLimit * perKpu, application.maxParallelism ?? Infinity);
  let target = current;
  if (autoscaling.highPoints >= scaleOutPoints) target = Math.min(current * 2, most);
  if (autoscaling.lowPoints >= scaleInPoints) target = Math.max(Math.ceil(current / 2), parallelism);
  if (target !== current) begin(account, application, target);
}

/** AUTOSCALING: a restart like an update's; the version stays. The operation's name is undocumented. */
function begin(account: FlinkAccount, application: Application, target: number): void {
  const { perKpu } = parallelismOf(application.version.configuration);
  const from = currentKpus(application);
  const to = kpusFor({ parallelism: target, perKpu });
  const operation = startOperation(account, application, "AutoScaling");
  application.autoscaling = { highPoints: 0, lowPoints: 0 };
  enter(account, application, "AUTOSCALING", Math.max(from, to));
  log(account, application, "AutoScalingStarted", `Managed Flink scales ${application.name} itself: ${from} -> ${to} KPUs`, {
    from,
    to,
  });
  const work = restartJob(account, application, target);
  carryOut(account, application, { seconds: restartSeconds(account, application), operation, work }, (error) => {
    if (error !== undefined) {
      operation.error = error;
      endOperation(account, operation, "FAILED");
      return enter(account, application, "READY");
    }
    application.currentParallelism = target;
    if (from !== to) application.ledger.rescales++;
    enter(account, application, "RUNNING");
    endOperation(account, operation, "SUCCESSFUL");
    log(account, application, "AutoScalingCompleted", `${application.name} runs with ${to} KPUs`, { from, to });
  });
}
