"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.dataStreamFields = exports.awsManagedKey = void 0;
exports.validateDataStream = validateDataStream;
const adoption_1 = require("../adoption");
const fields_1 = require("../fields");
const patterns_1 = require("../patterns");
/** AWS's own key for Kinesis: its policy lets everyone in the account use it through Kinesis. */
exports.awsManagedKey = "alias/aws/kinesis";
const streamArn = /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}$/;
const kmsKey = /^(alias\/[a-zA-Z0-9/_-]+|(mrk-)?[0-9a-f-]{32,36}|arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[a-zA-Z0-9/_-]+)$/;
exports.dataStreamFields = {
    name: (0, fields_1.text)(patterns_1.namePattern, patterns_1.nameWords),
    existing: (0, fields_1.text)((0, patterns_1.nameOrArn)(streamArn), "a stream's name or ARN"),
    shards: (0, fields_1.whole)(1, 10_000, 8),
    retentionHours: (0, fields_1.whole)(24, 8760, 24),
    kmsKey: (0, fields_1.text)(kmsKey, "a KMS key's id, ARN or alias (alias/...)", exports.awsManagedKey),
    shardLevelMetrics: (0, fields_1.flag)(false),
};
/** What is wrong with the arguments; [] when they are fine. */
function validateDataStream(args, at = "") {
    const problems = (0, fields_1.fieldProblems)(args, exports.dataStreamFields, at);
    return [...problems, ...(0, adoption_1.adoptOrCreate)(args, problems, at)];
}
