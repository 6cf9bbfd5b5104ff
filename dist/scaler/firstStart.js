"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.firstStart = firstStart;
const errors_1 = require("./errors");
const giveUp_1 = require("./giveUp");
const time_1 = require("./time");
const minute = 60_000;
/** Minutes from the first, second, ... failing start to the next one. */
const startPauses = [2, 10, 20, 40, 60];
/** Statuses that tell that an application runs. UPDATING doesn't: a stopped one goes READY, UPDATING, READY. */
const runningStatuses = ["RUNNING", "AUTOSCALING"];
/**
 * Starts an application that the program has created and that has never run. Creating and starting are two things: a first start that
 * fails would keep the rest of the stack from being made, and the Pulumi provider starts an application with its creation or never. It
 * belongs to the deployment, so it is done in every mode. Gives what the operator must know while it can't be started.
 */
async function firstStart(run, { look, verdict }) {
    const { config, sight } = look;
    if (config.kind !== "flink" || !config.start || sight.kind !== "flink")
        return undefined;
    const { state } = verdict;
    if (runningStatuses.includes(sight.status))
        hasRun(state, sight);
    if (sight.status !== "READY" || state.ran === sight.created || state.change)
        return undefined;
    const { name } = config;
    const seen = await lookAtStarts(run, name, state.start).catch(errors_1.errorText);
    if (typeof seen === "string")
        return `whether application ${name} has ever run can't be seen: ${seen}`;
    if (seen.ran)
        hasRun(state, sight);
    if (seen.ran || seen.starting)
        return undefined;
    if (state.start && state.start.reason === undefined) {
        state.start = { ...state.start, version: sight.version, reason: (0, giveUp_1.shortened)(seen.reason) };
        verdict.failedUpdates++;
    }
    const { start } = state;
    if (start && start.version === sight.version && run.now < start.next)
        return words(name, start);
    return attempt(run, verdict, name, nextStart(start, sight, run.now));
}
async function attempt(run, verdict, name, start) {
    const which = start.count > 1 ? `, attempt ${start.count}` : "";
    try {
        await run.aws.call("kinesisanalytics", "StartApplication", { ApplicationName: name, RunConfiguration: {} });
        verdict.notes.push({ action: "start", reason: `application ${name} has never run: StartApplication${which}` });
        verdict.state.start = start;
        return undefined;
    }
    catch (error) {
        // Another run, or another hand, is at it; or the service has no time. The next run looks.
        if ((0, errors_1.errorName)(error) === "ResourceInUseException" || (0, errors_1.isThrottled)(error))
            return undefined;
        verdict.state.start = { ...start, reason: (0, giveUp_1.shortened)((0, errors_1.errorText)(error)) };
        verdict.failedUpdates++;
        return words(name, verdict.state.start);
    }
}
function words(name, { reason, next }) {
    return `application ${name} could not be started: ${reason}; tried again at ${(0, time_1.isoTime)(next)}, or when pulumi up has changed it`;
}
function hasRun(state, { created }) {
    state.ran = created;
    delete state.start;
}
function nextStart(before, { version }, now) {
    const count = before?.version === version ? before.count + 1 : 1;
    const pause = startPauses[Math.min(count, startPauses.length) - 1] ?? 60;
    return { version, at: now, count, next: now + pause * minute };
}
/** What the service remembers of starts: one that succeeded, one under way, or why the last one failed. */
async function lookAtStarts(run, name, start) {
    const { ApplicationOperationInfoList: starts = [] } = await run.aws.call("kinesisanalytics", "ListApplicationOperations", {
        ApplicationName: name,
        Operation: "StartApplication",
        Limit: 50,
    });
    const ran = starts.some(({ OperationStatus }) => OperationStatus === "SUCCESSFUL");
    const starting = starts.some(({ OperationStatus }) => OperationStatus === "IN_PROGRESS");
    let reason = "its log says why";
    const failed = starts
        .filter(({ OperationStatus, StartTime }) => OperationStatus === "FAILED" && Number(StartTime) >= (start?.at ?? 0) - minute)
        .sort((a, b) => Number(b.StartTime) - Number(a.StartTime));
    if (!ran && !starting && start && start.reason === undefined && failed[0]?.OperationId) {
        const answer = await run.aws.call("kinesisanalytics", "DescribeApplicationOperation", {
            ApplicationName: name,
            OperationId: failed[0].OperationId,
        });
        reason = answer.ApplicationOperationInfoDetails?.OperationFailureDetails?.ErrorInfo?.ErrorString ?? reason;
    }
    return { ran, starting, reason };
}
