"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.policyDocument = policyDocument;
exports.trustPolicy = trustPolicy;
const pulumi = require("@pulumi/pulumi");
/** The policy document of an identity-based policy as JSON. */
function policyDocument(statements) {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: statements.map(({ sid, actions, resources, conditions }) => ({
            Sid: sid,
            Effect: "Allow",
            Action: actions,
            Resource: resources,
            ...(conditions ? { Condition: conditions } : {}),
        })),
    });
}
/** Trust policy: who may assume the role. */
function trustPolicy(service, conditions) {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: service },
                Action: "sts:AssumeRole",
                ...(conditions ? { Condition: conditions } : {}),
            },
        ],
    });
}
