import * as pulumi from "@pulumi/pulumi";

/** One statement of an IAM policy as the components write it; `reason` stays in the program and its tests. */
export interface Statement {
  /** Letters and digits, unique within the policy. */
  sid: string;
  /** Default Allow. */
  effect?: "Deny";
  /** IAM actions, e.g. kinesis:UpdateShardCount. */
  actions: string[];
  /** ARNs, or "*" for actions without a resource type. */
  resources: pulumi.Input<string>[];
  /** Condition operators, e.g. { StringEquals: { "kms:ViaService": "..." } }. */
  conditions?: Record<string, Record<string, pulumi.Input<string>>>;
  /** Why the role needs it; with "*", why no resource can be named. */
  reason: string;
}

/** The policy document of an identity-based policy as JSON. */
export function policyDocument(statements: Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", actions, resources, conditions }) => ({
      Sid: sid,
      Effect: effect,
      Action: actions,
      Resource: resources,
      ...(conditions ? { Condition: conditions } : {}),
    })),
  });
}

/** Trust policy: who may assume the role. */
export function trustPolicy(service: string, conditions?: Statement["conditions"]): pulumi.Output<string> {
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
