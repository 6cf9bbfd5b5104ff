"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.logDecision = logDecision;
exports.logError = logError;
const time_1 = require("./time");
function logDecision(line) {
    const { time, ...rest } = line;
    console.log(JSON.stringify({ sluice: "decision", time: (0, time_1.isoTime)(time), ...rest }));
}
/** Something the scaler could not do: a parameter is broken, an AWS call failed. */
function logError(time, stack, id, reason) {
    console.log(JSON.stringify({ sluice: "error", time: (0, time_1.isoTime)(time), stack, id, reason }));
}
