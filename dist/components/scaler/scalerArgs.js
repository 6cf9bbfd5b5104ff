"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scalerFields = exports.accessFields = void 0;
exports.validateScaler = validateScaler;
const fields_1 = require("../fields");
const identity_1 = require("../identity");
const logRetention_1 = require("../logRetention");
const roleArn = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;
exports.accessFields = { callerArns: (0, fields_1.listOf)(roleArn, "ARNs of IAM roles or users"), apiGatewayLogRole: (0, fields_1.flag)(true) };
exports.scalerFields = { ...exports.accessFields, scalerName: (0, fields_1.anything)(), logRetentionDays: logRetention_1.logRetentionDays };
/** What is wrong with the arguments; [] when they are fine. @param name the component's. */
function validateScaler(args, name) {
    return [...(0, fields_1.fieldProblems)(args, exports.scalerFields, ""), ...(0, identity_1.identityProblems)(args.scalerName ?? (0, identity_1.identityOf)(name))];
}
