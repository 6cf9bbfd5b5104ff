import { members, type ModelledInputs } from "../../core/modelled";

const bus = { EventBusName: ["default"] } as const;
const rule = { ...bus, ...members("Name") };
const targets = { ...bus, ...members("Rule") };
const tag = members("Key", "Value");
const resource = { ResourceARN: "ownArn" } as const;

/** What is modelled of each operation's input. */
export const inputs: ModelledInputs = {
  DeleteRule: rule,
  DescribeRule: rule,
  DisableRule: rule,
  EnableRule: rule,
  ListRules: { ...bus, ...members("NamePrefix") },
  ListTagsForResource: resource,
  ListTargetsByRule: targets,
  PutRule: { ...rule, ...members("ScheduleExpression", "Description"), State: ["ENABLED", "DISABLED"], Tags: tag },
  PutTargets: {
    ...targets,
    // Lambda takes or refuses an asynchronous invocation for good: there is nothing to try again.
    Targets: { ...members("Id", "Arn", "Input"), RetryPolicy: members("MaximumRetryAttempts", "MaximumEventAgeInSeconds") },
  },
  RemoveTargets: { ...targets, ...members("Ids") },
  TagResource: { ...resource, Tags: tag },
  UntagResource: { ...resource, ...members("TagKeys") },
};
