"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.report = report;
const decisionLog_1 = require("./decisionLog");
const emf_1 = require("./emf");
const ladder_1 = require("./ladder");
const names_1 = require("./names");
const time_1 = require("./time");
const minute = 60_000;
/** Tells what became of a dimension in this run: errors, decisions, metrics. */
function report(run, { look: looked, verdict }, begun, errors) {
    const { id, config, sight } = looked;
    const { actual, desired, state } = verdict;
    if (sight.kind === "unseen")
        errors.push(sight.error);
    if (sight.kind === "flink" && sight.operation?.status === "UNKNOWN" && sight.operation.error)
        errors.push(sight.operation.error);
    for (const error of errors)
        (0, decisionLog_1.logError)(run.now, run.stack, id, error);
    for (const { action, reason } of distinct(verdict.notes)) {
        const began = action === "begin" ? { call: begun?.call, target: begun?.target } : {};
        (0, decisionLog_1.logDecision)({
            time: run.now,
            stack: run.stack,
            id,
            pipeline: config.pipeline,
            kind: config.kind,
            action,
            reason,
            desired,
            actual,
            ...began,
        });
    }
    (0, emf_1.publish)(run.stack, id, (0, emf_1.capacityMinute)(run.now), {
        [names_1.capacityMetrics.desired]: state.gone ? undefined : desired,
        [names_1.capacityMetrics.actual]: actual,
    });
    // The policy that asked acts on the newest minutes; those that it saw would make it ask for more before the new capacity shows.
    if (!state.gone && looked.desired && run.now - looked.desired.at < 2 * minute)
        (0, emf_1.publish)(run.stack, id, (0, emf_1.capacityMinute)(run.now) - minute, { [names_1.capacityMetrics.desired]: desired });
    (0, emf_1.publish)(run.stack, id, (0, emf_1.settledMinute)(run.now), { [names_1.capacityMetrics.settled]: state.gone ? undefined : desired });
    (0, emf_1.publish)(run.stack, id, (0, time_1.minuteStart)(run.now), {
        [names_1.capacityMetrics.pendingMinutes]: pendingMinutes(state, config.mode === "observe", run.now),
        [names_1.capacityMetrics.updatesLeft]: config.kind === "stream" ? (0, ladder_1.updatesLeft)(config.updatesPerDay, state, run.now) : undefined,
        [names_1.capacityMetrics.changes]: begun?.call ? 1 : 0,
        [names_1.capacityMetrics.failedUpdates]: verdict.failedUpdates,
        [names_1.capacityMetrics.errors]: errors.length > 0 || state.gone ? 1 : 0,
    });
}
function pendingMinutes({ pendingSince: since }, observing, now) {
    return since === undefined || observing ? 0 : Math.max(0, Math.floor((now - since) / 60_000));
}
function distinct(notes) {
    return notes.filter((note, i) => notes.findIndex((other) => other.action === note.action && other.reason === note.reason) === i);
}
