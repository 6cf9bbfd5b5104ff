"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.writesOfRun = writesOfRun;
exports.secondPassed = secondPassed;
exports.reserve = reserve;
exports.pacedWrites = pacedWrites;
/** Below SSM's standard throughput of 3 writes a second, which PATCHes need too ("AWS Systems Manager endpoints and quotas"). */
const writesPerSecond = 2;
/** At two a second they end before the function's 55 s do. */
const writesPerRun = 88;
function writesOfRun() {
    return { count: writesPerRun };
}
/** A second has passed in which the run may have written nothing: what is left still ends in time. */
function secondPassed(left) {
    left.count = Math.max(0, left.count - writesPerSecond);
}
/** Sets writes aside, or none if there are too few. */
function reserve(left, count) {
    if (count > left.count)
        return false;
    left.count -= count;
    return true;
}
/** AWS with writes of parameters one after the other, under SSM's rate. */
function pacedWrites(aws) {
    let last;
    return {
        pause: (milliseconds) => aws.pause(milliseconds),
        async call(service, operation, input) {
            if (operation === "PutParameter") {
                const turn = last === undefined ? Promise.resolve() : last.then(() => aws.pause(1_000 / writesPerSecond));
                last = turn;
                await turn;
            }
            return aws.call(service, operation, input);
        },
    };
}
