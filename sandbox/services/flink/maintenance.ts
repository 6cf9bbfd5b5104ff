import { day, hour, minute, Phase } from "../../core/clock";
import { carryOut, enter, log, type FlinkAccount } from "./account";
import type { Application } from "./application";
import { restartJob } from "./work";

/** MAINTENANCE: the job restarts within the window; false if the application isn't RUNNING. */
export function maintain(account: FlinkAccount, application: Application, seconds: number): boolean {
  if (application.status !== "RUNNING") return false;
  enter(account, application, "MAINTENANCE");
  log(account, application, "MaintenanceStarted", `Maintenance of ${application.name}: ${seconds} s`, { seconds });
  const work = restartJob(account, application, application.currentParallelism);
  carryOut(account, application, { seconds, work }, (error) => {
    application.jobFailedAt = undefined;
    enter(account, application, error === undefined ? "RUNNING" : "READY");
    log(account, application, "MaintenanceCompleted", `Maintenance of ${application.name} completed`);
  });
  return true;
}

/** Every so many days at the start of the application's eight-hour window, later in it while the application is busy. */
export function scheduleMaintenance(account: FlinkAccount, application: Application): void {
  const { clock } = account.cloud;
  const { maintenanceEveryDays, maintenanceSeconds } = account.settings;
  if (maintenanceEveryDays <= 0) return;
  const attempt = (windowEnd: number) => {
    if (account.applications.get(application.name) !== application) return;
    if (maintain(account, application, maintenanceSeconds) || clock.now() + 10 * minute >= windowEnd) next();
    else clock.at(clock.now() + 10 * minute, Phase.Complete, () => attempt(windowEnd));
  };
  const next = () => {
    const [hours, minutes] = application.maintenanceWindowStart.split(":").map(Number);
    const today = Math.floor(clock.now() / day) * day;
    const start = today + maintenanceEveryDays * day + hours! * hour + minutes! * minute;
    clock.at(start, Phase.Complete, () => attempt(start + 8 * hour));
  };
  next();
}
