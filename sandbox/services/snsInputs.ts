import { members, type ModelledInputs } from "../core/modelled";

const topic = { TopicArn: "ownArn" } as const;
const resource = { ResourceArn: "ownArn" } as const;
const tags = { Tags: members("Key", "Value") };

/** What is modelled of each operation's input. */
export const inputs: ModelledInputs = {
  CreateTopic: { ...members("Name", "Attributes"), ...tags },
  DeleteTopic: topic,
  GetTopicAttributes: topic,
  ListSubscriptionsByTopic: topic,
  ListTagsForResource: resource,
  ListTopics: {},
  Publish: { ...topic, ...members("Message", "Subject") },
  SetTopicAttributes: { ...topic, ...members("AttributeName", "AttributeValue") },
  Subscribe: { ...topic, ...members("Protocol", "Endpoint"), ReturnSubscriptionArn: [true] },
  TagResource: { ...resource, ...tags },
  Unsubscribe: { SubscriptionArn: "ownArn" },
  UntagResource: { ...resource, ...members("TagKeys") },
};
