"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.boundsProblems = boundsProblems;
/** Bounds in order, and the capacity to begin with between them. */
function boundsProblems(values, { min, max, initial }, at) {
    const { [min]: least = 0, [max]: most = 0, [initial ?? ""]: begin } = values;
    if (least > most) {
        const text = `allowed is at most \`${at}${max}\` (${most}). Lower \`${at}${min}\` or raise \`${at}${max}\``;
        return [{ path: at + min, value: least, text }];
    }
    if (initial === undefined || begin === undefined || (begin >= least && begin <= most))
        return [];
    const text = `allowed is \`${at}${min}\` to \`${at}${max}\` (${least} to ${most}). Change \`${at}${initial}\` or the bounds`;
    return [{ path: at + initial, value: begin, text }];
}
