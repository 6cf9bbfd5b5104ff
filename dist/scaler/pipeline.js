"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.runPipeline = runPipeline;
const begin_1 = require("./begin");
const decide_1 = require("./decide");
const desired_1 = require("./desired");
const errors_1 = require("./errors");
const firstStart_1 = require("./firstStart");
const flink_1 = require("./flink");
const giveUp_1 = require("./giveUp");
const kinesis_1 = require("./kinesis");
const lag_1 = require("./lag");
const parameters_1 = require("./parameters");
const report_1 = require("./report");
const turns_1 = require("./turns");
const writes_1 = require("./writes");
/** Looks at a pipeline's dimensions, decides, begins at most one change, stores what changed and publishes. */
async function runPipeline(run, stored) {
    const members = await Promise.all(stored.map((entry) => look(run, entry)));
    const lock = members[0];
    if (!lock)
        return;
    const errors = new Map(stored.map(({ id, problems }) => [id, [...problems]]));
    const failed = (id, error) => void errors.get(id)?.push((0, errors_1.errorText)(error));
    for (const member of members) {
        const trouble = await (0, firstStart_1.firstStart)(run, member);
        if (trouble)
            errors.get(member.look.id)?.push(trouble);
    }
    const turns = members.map(asTurn);
    const lag = await lagOf(run, members, turns, failed);
    const turn = (0, turns_1.takeTurns)(turns, lag, run.now);
    const held = lock.verdict.state.turn !== undefined;
    for (const member of members)
        hold(member, turn.waiting.get(member.look.id), turn.patient, held);
    for (const member of members)
        settleAccounts(run, member);
    const chosen = members.find(({ look: { id } }) => id === turn.go && !held);
    if (!(0, writes_1.reserve)(run.writes, chosen ? begin_1.writesToBegin : changed(run, members).length))
        return postpone(run, members, errors);
    const stopped = [];
    let begun;
    if (chosen?.verdict.wish) {
        try {
            begun = await (0, begin_1.begin)(run, chosen, chosen.verdict.wish, members, turn.risk);
            take(chosen, begun);
            settleAccounts(run, chosen);
        }
        catch (error) {
            // What was stored before the call stands; what became of it the next run reads off the service.
            stopped.push(chosen);
            failed(chosen.look.id, error);
        }
    }
    for (const member of members.filter((other) => !stopped.includes(other))) {
        await store(run, member).catch((error) => failed(member.look.id, error));
    }
    for (const member of members)
        (0, report_1.report)(run, member, member === chosen ? begun : undefined, errors.get(member.look.id) ?? []);
}
function changed({ now }, members) {
    return members.filter(({ stored, verdict }) => (0, parameters_1.stateText)(verdict.state, now) !== stored.stateText);
}
/** Publishes what was seen; what was decided is decided again by the next run. */
function postpone(run, members, errors) {
    const reason = "this run has written as many parameters as SSM's rate allows: the next one goes on";
    for (const member of members) {
        member.verdict = { ...member.verdict, notes: [{ action: "wait", reason }], failedUpdates: 0 };
        (0, report_1.report)(run, member, undefined, errors.get(member.look.id) ?? []);
    }
}
async function look(run, stored) {
    const { id, config, state, key, stateBroken } = stored;
    // A state that can't be read says nothing of what was given up or adopted: what is there is adopted.
    const desired = stateBroken ? undefined : stored.desired;
    const looked = { id, config, desired, key, state, sight: await sightOf(run, stored), now: run.now };
    return { stored, look: looked, verdict: (0, decide_1.decide)(looked) };
}
async function sightOf({ aws }, { config, state }) {
    try {
        return config.kind === "stream"
            ? await (0, kinesis_1.describeStream)(aws, config.name)
            : await (0, flink_1.describeApplication)(aws, config.name, state.change);
    }
    catch (error) {
        return { kind: "unseen", error: (0, errors_1.errorText)(error) };
    }
}
function asTurn({ look: { id, config }, verdict }) {
    return { id, config, verdict };
}
async function lagOf(run, members, turns, failed) {
    if (!(0, turns_1.needsLag)(turns, run.now))
        return undefined;
    for (const { look: { id, config }, } of members) {
        if (config.kind !== "flink" || !config.lag)
            continue;
        try {
            return await (0, lag_1.newestLag)(run.aws, config.lag, run.now);
        }
        catch (error) {
            failed(id, error);
        }
    }
    return undefined;
}
/** Keeps a dimension that wants to begin and may not. */
function hold(member, waiting, patient, held) {
    const { look: looked, verdict } = member;
    const { actual, desired } = verdict;
    const reason = verdict.obstacle ?? waiting ?? (held && verdict.wish ? "another run of the scaler holds the pipeline's turn" : undefined);
    if (reason === undefined || actual === undefined || desired === undefined)
        return;
    const action = verdict.obstacle ? "blocked" : "wait";
    if (actual === desired || patient.includes(looked.id)) {
        if (actual !== desired)
            delete verdict.state.blocked;
        verdict.notes.push({ action, reason });
        return;
    }
    const found = (0, giveUp_1.block)(looked, verdict.state, actual, desired, reason);
    verdict.state = found.state;
    verdict.notes.push(found.note.action === "blocked" ? { ...found.note, action } : found.note);
}
function take({ verdict }, begun) {
    verdict.state = begun.state;
    verdict.notes.push(...begun.notes);
    verdict.failedUpdates += begun.failedUpdates;
}
/** The desired that now counts, and since when actual has differed from it. */
function settleAccounts({ now }, { verdict, look: looked }) {
    const { state, actual } = verdict;
    const desired = (0, desired_1.effectiveDesired)(looked.config, looked.desired, looked.key, state);
    if (actual !== undefined)
        state.pendingSince = desired === undefined || desired === actual ? undefined : (state.pendingSince ?? now);
    verdict.desired = desired ?? verdict.desired;
}
async function store(run, { stored, verdict }) {
    if (stored.stateBroken && !verdict.state.settled)
        return;
    await (0, parameters_1.writeState)(run.aws, run.prefix, stored, verdict.state, run.now);
}
