"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.writesToBegin = void 0;
exports.begin = begin;
const decideFlink_1 = require("./decideFlink");
const errors_1 = require("./errors");
const flink_1 = require("./flink");
const giveUp_1 = require("./giveUp");
const kinesis_1 = require("./kinesis");
const ladder_1 = require("./ladder");
const parameters_1 = require("./parameters");
const plan_1 = require("./plan");
/** Parameters that beginning a change writes: turn and intent before the call, and what came of both. */
exports.writesToBegin = 4;
/**
 * Begins the one change of a pipeline and run. What will be called is stored first, in the dimension and as the pipeline's turn in
 * its first dimension; a run that finds another one's write in between begins nothing. So neither a crash between any two calls
 * nor a second run at the same time loses a change or makes it twice.
 */
async function begin(run, member, wish, pipeline, risk) {
    const lock = pipeline[0] ?? member;
    let prepared;
    try {
        prepared = wish.call === "plan" ? await preparePlan(run, member, wish) : prepare(run, member, wish, pipeline, risk);
    }
    catch (error) {
        return attempted(run, member, member.verdict.state, wish, `the next step of a plan could not be found (${(0, errors_1.errorText)(error)})`);
    }
    if (!prepared) {
        const { plan: _plan, ...state } = member.verdict.state;
        return { state, notes: [{ action: "done", reason: `the plan is done: ${wish.to} equal shards` }], failedUpdates: 0 };
    }
    if (!(await claim(run, member, prepared, lock))) {
        // The other run's word stands in the whole pipeline: what this one would store of its members is older.
        for (const { stored } of pipeline)
            stored.lost = true;
        const reason = "another run of the scaler has the pipeline's turn: nothing is begun in this one";
        return { state: member.verdict.state, notes: [{ action: "blocked", reason }], failedUpdates: 0 };
    }
    const begun = await send(run, member, prepared);
    await (0, parameters_1.writeState)(run.aws, run.prefix, member.stored, withoutTurn(begun.state), run.now, true);
    return { ...begun, state: withoutTurn(begun.state) };
}
function withoutTurn({ turn: _turn, ...state }) {
    return state;
}
async function claim(run, member, { intent }, lock) {
    const turn = { id: member.look.id, at: run.now };
    const write = async (of, state) => (await (0, parameters_1.writeState)(run.aws, run.prefix, of.stored, state, run.now)) !== "lost";
    if (lock === member)
        return write(member, { ...intent, turn });
    return (await write(lock, { ...lock.verdict.state, turn })) && (await write(member, intent));
}
function prepare(run, { look, verdict }, wish, pipeline, risk) {
    const { name } = look.config;
    const base = { from: wish.from, to: wish.to, at: run.now, sent: false };
    if (look.sight.kind === "flink") {
        const { sight } = look;
        const { parallelism } = (0, decideFlink_1.reachable)(look.config, sight, wish.to);
        const change = { ...base, call: "UpdateApplication", version: sight.version };
        return {
            change,
            intent: { ...verdict.state, change, blocked: undefined },
            words: `UpdateApplication from ${wish.from} to ${wish.to} KPUs (parallelism ${parallelism}${idleWords(parallelism, pipeline)})${risk}`,
            send: async () => ({ operationId: await (0, flink_1.updateParallelism)(run.aws, name, sight.token, parallelism) }),
        };
    }
    const change = { ...base, call: "UpdateShardCount" };
    return {
        change,
        intent: { ...verdict.state, change, blocked: undefined, updates: (0, ladder_1.withUpdate)(verdict.state, run.now, wish.from) },
        words: `UpdateShardCount from ${wish.from} to ${wish.to} shards${ladderWords(wish, verdict)}`,
        send: async () => ({ shards: await (0, kinesis_1.updateShardCount)(run.aws, name, wish.to) }),
    };
}
function ladderWords(wish, { desired }) {
    return wish.to === desired ? "" : `, a step on the way to ${desired}`;
}
/** A source reads a shard with one subtask: those beyond the shards have nothing to read. */
function idleWords(parallelism, pipeline) {
    const shards = pipeline.flatMap(({ look, verdict }) => (look.config.kind === "stream" ? (verdict.actual ?? []) : []));
    const total = shards.reduce((sum, count) => sum + count, 0);
    return total > 0 && parallelism > total ? `, more than the ${total} shards: the sources beyond them idle` : "";
}
async function preparePlan(run, { look, verdict }, wish) {
    const { name } = look.config;
    const ranges = await (0, kinesis_1.openShards)(run.aws, name);
    const step = (0, plan_1.nextPlanStep)(ranges, wish.to);
    if (!step)
        return undefined;
    const from = ranges.length;
    const to = step.call === "SplitShard" ? from + 1 : from - 1;
    const change = { call: step.call, from, to, at: run.now, sent: false };
    const plan = { from: verdict.state.plan?.from ?? from, to: wish.to, since: verdict.state.plan?.since ?? run.now };
    const left = (0, plan_1.planLength)(ranges, wish.to);
    return {
        change,
        intent: { ...verdict.state, change, plan, blocked: undefined },
        words: `${step.call} of ${step.shardId}, ${left} calls from ${wish.to} equal shards: the day's UpdateShardCount calls are spent`,
        async send() {
            await (0, kinesis_1.callPlanStep)(run.aws, name, step);
            return {};
        },
    };
}
async function send(run, member, { change, intent, words, send: call }) {
    try {
        const { operationId, shards } = await call();
        const state = { ...withUnseenUpdate(intent, change, shards), change: { ...change, sent: true, operationId } };
        return { state, notes: [{ action: "begin", reason: words }], failedUpdates: 0, call: change.call, target: change.to };
    }
    catch (error) {
        return notBegun(run, member, { change, intent, words }, error);
    }
}
/** A count other than the one that was seen is another hand's update, which the stream showed late: it counts too. */
function withUnseenUpdate(state, { from, at }, shards) {
    return shards === undefined || shards === from ? state : { ...state, updates: (0, ladder_1.withUpdate)(state, at, from) };
}
function notBegun(run, member, { change, intent, words }, error) {
    const { look, verdict } = member;
    const text = (0, giveUp_1.shortened)((0, errors_1.errorText)(error));
    const { desired = change.to, actual = change.from, state } = verdict;
    // Without the intent: the service said that nothing began. A plan that is under way stays.
    const before = { ...state, plan: intent.plan };
    switch ((0, errors_1.failureOf)(change.call, error)) {
        case "unknown":
            return {
                state: intent,
                notes: [{ action: "wait", reason: `${words}: no clear answer (${text}); the next run looks` }],
                failedUpdates: 0,
            };
        case "busy":
            return attempted(run, member, before, change, `${words}: ${look.config.name} is busy (${text})`);
        case "spent":
            return blocked(look, { ...before, refusedAt: run.now }, actual, desired, `${words}: the day's updates are spent (${text})`);
        case "refused": {
            const { from, to } = change;
            const reason = `${words} was refused: ${text}`;
            const failure = (0, giveUp_1.afterFailure)(look, before, desired, actual, { from, to, reason, restarted: false });
            return { state: failure.state, notes: [failure.note], failedUpdates: 1 };
        }
    }
}
/** Nothing began, and it may next time. */
function attempted(run, { look, verdict }, state, { from, to }, reason) {
    const { desired = to, actual = from } = verdict;
    const attempt = (0, giveUp_1.afterAttempt)(look, state, desired, actual, { from, to, reason, begun: run.now });
    return { state: attempt.state, notes: [attempt.note], failedUpdates: attempt.gaveUp ? 1 : 0 };
}
function blocked(look, state, actual, desired, reason) {
    if (desired === actual)
        return { state, notes: [{ action: "blocked", reason }], failedUpdates: 0 };
    const found = (0, giveUp_1.block)(look, state, actual, desired, reason);
    return { state: found.state, notes: [found.note], failedUpdates: 0 };
}
