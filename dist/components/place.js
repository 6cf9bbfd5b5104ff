"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.placeOf = placeOf;
exports.arnOf = arnOf;
exports.managedPolicyArn = managedPolicyArn;
exports.nameFromArn = nameFromArn;
exports.adopted = adopted;
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const partition_1 = require("./partition");
/** Account and region of the provider that the component's resources have. */
function placeOf(component) {
    const options = { parent: component };
    return {
        accountId: aws.getCallerIdentityOutput({}, options).accountId,
        region: aws.getRegionOutput({}, options).region,
    };
}
/** ARN in the pipeline's own account and region. `resource` is everything after the account id. */
function arnOf(place, service, resource) {
    const { accountId, region } = place;
    return pulumi
        .all([region, accountId, resource])
        .apply(([r, account, path]) => `arn:${(0, partition_1.partitionOf)(r).name}:${service}:${r}:${account}:${path}`);
}
/** ARN of a policy that AWS manages. */
function managedPolicyArn(region, path) {
    return pulumi.output(region).apply((r) => `arn:${(0, partition_1.partitionOf)(r).name}:iam::aws:policy/${path}`);
}
/** Name at the end of an ARN of a stream or an application; a name stays itself. */
function nameFromArn(nameOrArn) {
    return nameOrArn.split("/").pop() ?? nameOrArn;
}
/** Name and ARN of what exists, given by one of the two. @param kind what stands before the name in the ARN: "stream". */
function adopted(place, service, kind, existing) {
    const given = pulumi.output(existing);
    const own = arnOf(place, service, pulumi.interpolate `${kind}/${given}`);
    const arn = pulumi.all([given, own]).apply(([nameOrArn, here]) => (nameOrArn.startsWith("arn:") ? nameOrArn : here));
    return { name: given.apply(nameFromArn), arn };
}
