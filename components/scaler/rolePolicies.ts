import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../policyDocument";
import { pipelineStatements } from "./scalerPolicy";

/** What a scaler's role needs to know of a pipeline. */
export interface ScaledArns {
  streamArn: pulumi.Input<string>;
  applicationArn: pulumi.Input<string>;
}

/** "IAM and AWS STS quotas": policies attached to a role. */
const policiesPerRole = 10;
/** So many ARNs fit into the 6,144 characters of a managed policy, with the longest names and the longest region: a test counts them. */
export const pipelinesPerPolicy = 14;
/** Pipelines that a scaler can be made for. */
export const mostPipelines = policiesPerRole * pipelinesPerPolicy;

/**
 * Lets a scaler's role scale all these pipelines, with managed policies of many each: a role holds 10,240 characters of inline policies,
 * a dozen pipelines' that bring their own. Gives what must be there before one is scaled.
 */
export function rolePolicies(
  name: string,
  role: pulumi.Input<string>,
  pipelines: readonly ScaledArns[],
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const policies = Math.ceil(pipelines.length / pipelinesPerPolicy);
  return Array.from({ length: policies }, (_, index) => {
    const own = pipelines.slice(index * pipelinesPerPolicy, (index + 1) * pipelinesPerPolicy);
    const statements = pipelineStatements(
      own.map(({ streamArn }) => streamArn),
      own.map(({ applicationArn }) => applicationArn),
    );
    const policy = new aws.iam.Policy(
      `${name}-policy-${index + 1}`,
      { description: "What Sluice's scaler may do with its pipelines.", policy: policyDocument(statements) },
      { parent },
    );
    return new aws.iam.RolePolicyAttachment(
      `${name}-policy-${index + 1}-attachment`,
      { role, policyArn: policy.arn },
      { parent },
    );
  });
}
