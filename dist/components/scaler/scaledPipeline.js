"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scaledPipeline = scaledPipeline;
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const names_1 = require("../../scaler/names");
const policyDocument_1 = require("../policyDocument");
const scalerDimension_1 = require("./scalerDimension");
const scalerPolicy_1 = require("./scalerPolicy");
/**
 * Makes a pipeline known to its scaler: the three parameters of each dimension, and what the scaler's role may do with stream and
 * application. Gives the scaler's url, known when all that is there: registering a scalable target calls it.
 */
function scaledPipeline(name, scaler, { stream, application, ...shared }, parent) {
    const policy = new aws.iam.RolePolicy(`${name}-scaler-policy`, { role: scaler.roleName, policy: (0, policyDocument_1.policyDocument)((0, scalerPolicy_1.pipelineStatements)(stream.streamArn, application.applicationArn)) }, { parent });
    const parameters = [
        ...dimensionParameters(`${name}-stream`, scaler, stream.id, (0, scalerDimension_1.streamConfig)(stream, shared), parent),
        ...dimensionParameters(`${name}-flink`, scaler, application.id, (0, scalerDimension_1.flinkConfig)(application, shared), parent),
    ];
    const ready = [policy, ...parameters].map((resource) => resource.urn);
    return pulumi.all([scaler.url, ...ready]).apply(([url]) => url);
}
/** Configuration is Pulumi's; desired capacity and state are the scaler's: "{}" tells it to adopt what is there. */
function dimensionParameters(name, { scalerName, url }, id, config, parent) {
    const parameterOf = (kind) => pulumi.output(scalerName).apply((known) => (0, names_1.parameterName)(`/sluice/${known}`, id, kind));
    const written = ["desired", "state"].map((kind) => new aws.ssm.Parameter(`${name}-${kind}`, {
        name: parameterOf(kind),
        description: `Sluice: ${kind === "desired" ? "capacity asked for" : "last observation"} of ${id}, written by the scaler.`,
        type: "String",
        value: "{}",
    }, { parent, ignoreChanges: ["value"] }));
    // Made last: a dimension is one from its configuration on.
    const configured = new aws.ssm.Parameter(`${name}-config`, {
        name: parameterOf("config"),
        description: `Sluice: what the scaler must know about ${id}.`,
        type: "String",
        // Behind the url is the parameter that says whose the prefix is.
        value: pulumi.all([pulumi.jsonStringify(config), url]).apply(([value]) => value),
    }, { parent, dependsOn: written });
    return [configured, ...written];
}
