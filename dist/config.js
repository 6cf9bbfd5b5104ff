"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.validateConfig = validateConfig;
exports.readConfig = readConfig;
const pulumi = require("@pulumi/pulumi");
const pipelineArgs_1 = require("./components/pipelineArgs");
const problem_1 = require("./components/problem");
const keys_1 = require("./config/keys");
const problems_1 = require("./config/problems");
const stack_1 = require("./config/stack");
/** The program's project name, and the namespace of its keys. */
const project = "sluice";
/**
 * The pipeline's arguments from the stack's keys, given with or without "sluice:". Values may be typed or the text that Pulumi stores
 * (numbers, booleans and JSON as text).
 * @throws an Error named ConfigError whose message lists every problem: key, value, what is allowed, what to do.
 */
function validateConfig(raw, stack, region) {
    const given = ownKeys(raw);
    const { values, problems } = (0, keys_1.decoded)(given);
    const args = (0, keys_1.pipelineArgs)(values, `${project}-${stack}`);
    const found = [
        ...problems,
        ...(0, problems_1.inKeys)((0, pipelineArgs_1.validatePipeline)(args), values),
        ...(0, keys_1.unknownKeys)(given),
        ...(0, stack_1.stackProblems)(values, stack, region),
    ];
    if (found.length > 0)
        throw configError(stack, found);
    return args;
}
/** The current stack's pipeline. @throws pulumi.RunError with the text of validateConfig's error. */
function readConfig() {
    const raw = pulumi.runtime.allConfig();
    const region = new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "";
    try {
        return validateConfig(raw, pulumi.getStack(), region);
    }
    catch (error) {
        if (error instanceof Error && error.name === "ConfigError")
            throw new pulumi.RunError(error.message);
        throw error;
    }
}
/** The program's own keys without its name; keys of other namespaces (aws:region) are left out. */
function ownKeys(raw) {
    const own = Object.entries(raw).filter(([key]) => !key.includes(":") || key.startsWith(`${project}:`));
    return Object.fromEntries(own.map(([key, value]) => [key.replace(`${project}:`, ""), value]));
}
function configError(stack, problems) {
    const named = problems.map(({ path, ...problem }) => ({ path: `${project}:${path}`, ...problem }));
    const advice = `Set a key with: pulumi config set ${project}:KEY VALUE (or in Pulumi.${stack}.yaml). Pulumi.yaml describes every key.`;
    return Object.assign(new Error((0, problem_1.problemText)(`Configuration of stack ${stack}`, named, advice)), { name: "ConfigError" });
}
