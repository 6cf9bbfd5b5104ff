"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.problemText = problemText;
exports.checked = checked;
const pulumi = require("@pulumi/pulumi");
/** The text of an error: a heading, every problem on a line of its own, advice. Problems with equal lines are one. */
function problemText(of, problems, advice) {
    const lines = problems.map(({ path, value, text }) => `  ${path} = ${JSON.stringify(value) ?? "(not set)"}: ${text}.`);
    const unique = [...new Set(lines)];
    const count = unique.length === 1 ? "1 problem" : `${unique.length} problems`;
    return [`${of} has ${count}:`, ...unique, ...(advice ? [advice] : [])].join("\n");
}
/**
 * The arguments themselves, when nothing is wrong with them.
 * @throws pulumi.RunError with every problem: what, got, allowed, what to do. Pulumi prints it without a stack.
 */
function checked(args, of, problems) {
    if (problems.length === 0)
        return args;
    const plain = problems.map(({ text, ...problem }) => ({ ...problem, text: text.replaceAll("`", "") }));
    throw new pulumi.RunError(problemText(of, plain));
}
