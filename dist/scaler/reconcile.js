"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.reconcile = reconcile;
exports.pipelinesOf = pipelinesOf;
const decisionLog_1 = require("./decisionLog");
const emf_1 = require("./emf");
const errors_1 = require("./errors");
const names_1 = require("./names");
const parameters_1 = require("./parameters");
const pipeline_1 = require("./pipeline");
const time_1 = require("./time");
const writes_1 = require("./writes");
/** Dimensions begun at once; the next ones don't wait for slow ones. DescribeStreamSummary allows 20 calls a second; DescribeApplication's limit isn't documented. */
const dimensionsAtOnce = 20;
const pauseMilliseconds = 1_000;
/** The minute run over all pipelines. What goes wrong in one stays there. */
async function reconcile({ aws, ...event }) {
    const entries = await (0, parameters_1.readAll)(aws, event.prefix, event.now);
    const healthy = entries.filter((entry) => !(0, parameters_1.isBroken)(entry));
    const batches = inBatches(rotated(pipelinesOf(healthy), event.now));
    const run = { aws: batches.length > 1 ? (0, writes_1.pacedWrites)(aws) : aws, writes: (0, writes_1.writesOfRun)(), ...event };
    for (const entry of entries.filter(parameters_1.isBroken))
        reportBroken(run, entry.id, entry.problem);
    const started = [];
    for (const [i, batch] of batches.entries()) {
        if (i > 0) {
            await run.aws.pause(pauseMilliseconds);
            (0, writes_1.secondPassed)(run.writes);
        }
        started.push(...batch.map((pipeline) => guarded(run, pipeline)));
    }
    await Promise.all(started);
}
async function guarded(run, pipeline) {
    try {
        await (0, pipeline_1.runPipeline)(run, pipeline);
    }
    catch (error) {
        for (const { id } of pipeline)
            reportBroken(run, id, (0, errors_1.errorText)(error));
    }
}
function reportBroken(run, id, problem) {
    (0, decisionLog_1.logError)(run.now, run.stack, id, problem);
    (0, emf_1.publish)(run.stack, id, (0, time_1.minuteStart)(run.now), { [names_1.capacityMetrics.errors]: 1 });
}
/** Dimensions by pipeline. The first of each holds the pipeline's turn: a stream if there is one, then by id. */
function pipelinesOf(entries) {
    const byName = new Map();
    for (const entry of entries)
        byName.set(entry.config.pipeline, [...(byName.get(entry.config.pipeline) ?? []), entry]);
    return [...byName]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, members]) => members.sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1)));
}
function order({ config }) {
    return config.kind === "stream" ? 0 : 1;
}
/** Part of all pipelines that a run begins after the one before: each is soon among the first, however many there are. */
const goldenRatio = 0.618_034;
/** Others are first each minute, so that a rate limit never starves the same ones. */
function rotated(items, now) {
    const start = Math.floor(items.length * ((Math.floor(now / 60_000) * goldenRatio) % 1));
    return [...items.slice(start), ...items.slice(0, start)];
}
function inBatches(pipelines) {
    const batches = [];
    let size = Infinity;
    for (const pipeline of pipelines) {
        if (size + pipeline.length > dimensionsAtOnce) {
            batches.push([]);
            size = 0;
        }
        batches.at(-1)?.push(pipeline);
        size += pipeline.length;
    }
    return batches;
}
