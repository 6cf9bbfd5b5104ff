"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.applicationFields = void 0;
exports.validateApplication = validateApplication;
exports.applicationRules = applicationRules;
const zod_1 = require("zod");
const adoption_1 = require("../adoption");
const fields_1 = require("../fields");
const logRetention_1 = require("../logRetention");
const patterns_1 = require("../patterns");
const network_1 = require("./network");
const applicationArn = /^arn:aws[a-z-]*:kinesisanalytics:[a-z0-9-]+:\d{12}:application\/[a-zA-Z0-9_.-]{1,128}$/;
const properties = zod_1.z.record(zod_1.z.string().min(1), zod_1.z.record(zod_1.z.string(), (0, fields_1.known)(zod_1.z.string())));
exports.applicationFields = {
    name: (0, fields_1.text)(patterns_1.namePattern, patterns_1.nameWords),
    existing: (0, fields_1.text)((0, patterns_1.nameOrArn)(applicationArn), "an application's name or ARN"),
    runtime: (0, fields_1.oneOf)(["FLINK-1_15", "FLINK-1_18", "FLINK-1_19", "FLINK-1_20", "FLINK-2_2", "FLINK-2_3"], "FLINK-1_20"),
    codeJar: (0, fields_1.text)(/\.jar$|\.zip$/, "a path to a .jar or .zip file"),
    codeBucket: (0, fields_1.text)(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "an S3 bucket's name"),
    codeKey: (0, fields_1.text)(/^.{1,1024}$/, "an S3 object key of 1 to 1024 characters"),
    properties: (0, fields_1.object)(properties, "groups of properties: { group: { name: text } }"),
    kpus: (0, fields_1.whole)(1, 1024, 8),
    parallelismPerKpu: (0, fields_1.whole)(1, 8, 1),
    checkpointIntervalSeconds: (0, fields_1.whole)(1, 3600, 60),
    metricsLevel: (0, fields_1.oneOf)(["APPLICATION", "TASK", "OPERATOR", "PARALLELISM"], "APPLICATION"),
    logLevel: (0, fields_1.oneOf)(["INFO", "WARN", "ERROR", "DEBUG"], "INFO"),
    logRetentionDays: logRetention_1.logRetentionDays,
    network: (0, fields_1.anything)(),
};
/** What is wrong with the arguments; [] when they are fine. */
function validateApplication(args, at = "") {
    const problems = (0, fields_1.fieldProblems)(args, exports.applicationFields, at);
    return [...problems, ...applicationRules(args, problems, at)];
}
/** Rules that span arguments: adopted or created, code, network. @param problems what is wrong with each argument by itself. */
function applicationRules(args, problems, at) {
    const code = (0, fields_1.areRight)(problems, at, ["existing", "codeJar", "codeBucket", "codeKey"]) ? codeProblems(args, at) : [];
    return [...(0, adoption_1.adoptOrCreate)(args, problems, at), ...code, ...(0, network_1.networkProblems)(args.network, `${at}network.`)];
}
function codeProblems({ existing, codeJar, codeBucket, codeKey }, at) {
    const problem = (name, value, what) => [
        { path: at + name, value, text: what },
    ];
    const inBucket = Boolean(codeBucket || codeKey);
    if (existing) {
        if (!codeJar && !inBucket)
            return [];
        const name = codeJar ? "codeJar" : codeBucket ? "codeBucket" : "codeKey";
        const text = `an adopted application keeps its code. Remove it, or remove \`${at}existing\``;
        return problem(name, codeJar ?? codeBucket ?? codeKey, text);
    }
    const both = `Remove \`${at}codeJar\`, or \`${at}codeBucket\` and \`${at}codeKey\``;
    if (codeJar && inBucket)
        return problem("codeJar", codeJar, `allowed is a local jar or an S3 location. ${both}`);
    const either = `Set \`${at}codeJar\` to your job's jar, or \`${at}codeBucket\` and \`${at}codeKey\``;
    if (!codeJar && !inBucket)
        return problem("codeJar", codeJar, `the application needs code. ${either}`);
    if (codeJar || (codeBucket && codeKey))
        return [];
    const missing = codeBucket ? "codeKey" : "codeBucket";
    return problem(missing, undefined, `an S3 location needs both \`${at}codeBucket\` and \`${at}codeKey\`. Set it too`);
}
