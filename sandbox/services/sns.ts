import type { Cloud, Operation, Requirement, Service, Shape } from "../core/cloud";
import type { Peers } from "../core/peers";
import { serviceError } from "../core/serviceError";
import { requestId } from "./requestId";
import { inputs } from "./snsInputs";

interface Topic {
  arn: string;
  attributes: Map<string, string>;
  subscriptions: Map<string, { protocol: string; endpoint: string }>;
  tags: Map<string, string>;
}

export interface Sns {
  service: Service;
  /** For Peers: a service's message to a topic. To a topic that doesn't exist it is lost. */
  notify: Peers["notify"];
}

const invalid = (message: string) => serviceError("sns", "InvalidParameter", `Invalid parameter: ${message}`);

const protocols = ["email", "email-json", "http", "https", "sqs", "sms", "lambda", "application", "firehose"];

/** SNS: topics and subscriptions. What is published appears in the event log; nothing is delivered, and no policy is evaluated. */
export function createSns(cloud: Cloud): Sns {
  const topics = new Map<string, Topic>();
  const random = cloud.random.fork("sns");

  const find = (arn: string): Topic => {
    const topic = topics.get(arn);
    if (!topic) throw serviceError("sns", "NotFound", "Topic does not exist", 404);
    return topic;
  };

  const publish = (topic: Topic, subject: string | undefined, message: string): string => {
    const id = requestId(random);
    cloud.events.append({
      time: cloud.clock.now(),
      source: "sns",
      type: "MessagePublished",
      message: subject || message.slice(0, 200),
      detail: {
        topicArn: topic.arn,
        subject,
        message,
        subscribers: [...topic.subscriptions.values()].map(({ endpoint }) => endpoint),
      },
    });
    return id;
  };

  const operations: Record<string, Operation> = {
    CreateTopic(input) {
      if (!/^[A-Za-z0-9_-]{1,256}(\.fifo)?$/.test(input.Name ?? "")) throw invalid("Topic Name");
      const arn = `arn:${cloud.partition}:sns:${cloud.region}:${cloud.account}:${input.Name}`;
      if (!topics.has(arn)) {
        const attributes = new Map(
          Object.entries({ TopicArn: arn, Owner: cloud.account, ...input.Attributes }).map(([key, value]) => [
            key,
            String(value),
          ]),
        );
        topics.set(arn, {
          arn,
          attributes,
          subscriptions: new Map(),
          tags: new Map((input.Tags ?? []).map((tag: Shape) => [tag.Key, tag.Value])),
        });
      }
      return { TopicArn: arn };
    },
    DeleteTopic(input) {
      topics.delete(input.TopicArn);
      return {};
    },
    ListTopics: () => ({ Topics: [...topics.keys()].map((TopicArn) => ({ TopicArn })) }),
    GetTopicAttributes: (input) => ({ Attributes: Object.fromEntries(find(input.TopicArn).attributes) }),
    SetTopicAttributes(input) {
      find(input.TopicArn).attributes.set(input.AttributeName, String(input.AttributeValue));
      return {};
    },
    Subscribe(input) {
      const topic = find(input.TopicArn);
      if (!protocols.includes(input.Protocol)) throw invalid(`Protocol ${input.Protocol}`);
      if (input.Protocol.startsWith("email") && !/^[^@\s]+@[^@\s]+$/.test(input.Endpoint ?? "")) throw invalid("Email address");
      const arn = `${topic.arn}:${requestId(random)}`;
      topic.subscriptions.set(arn, { protocol: input.Protocol, endpoint: input.Endpoint });
      return { SubscriptionArn: arn };
    },
    Unsubscribe(input) {
      for (const topic of topics.values()) topic.subscriptions.delete(input.SubscriptionArn);
      return {};
    },
    ListSubscriptionsByTopic: (input) => ({
      Subscriptions: [...find(input.TopicArn).subscriptions].map(([SubscriptionArn, { protocol, endpoint }]) => ({
        SubscriptionArn,
        Owner: cloud.account,
        Protocol: protocol,
        Endpoint: endpoint,
        TopicArn: input.TopicArn,
      })),
    }),
    Publish(input) {
      if (!input.Message) throw invalid("Empty message");
      if (Buffer.byteLength(input.Message) > 262_144) throw invalid("Message too long");
      return { MessageId: publish(find(input.TopicArn), input.Subject, input.Message) };
    },
    TagResource(input) {
      for (const { Key, Value } of input.Tags) find(input.ResourceArn).tags.set(Key, Value);
      return {};
    },
    UntagResource(input) {
      for (const key of input.TagKeys) find(input.ResourceArn).tags.delete(key);
      return {};
    },
    ListTagsForResource: (input) => ({ Tags: [...find(input.ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })) }),
  };

  return {
    service: { name: "sns", operations, inputs, requirements: (operation, input) => requirements(cloud, operation, input) },
    notify(topicArn, subject, message) {
      const topic = topics.get(topicArn);
      if (topic) publish(topic, subject, message);
    },
  };
}

function requirements(cloud: Cloud, operation: string, input: Shape): Requirement[] {
  const named =
    input.Name === undefined ? undefined : `arn:${cloud.partition}:sns:${cloud.region}:${cloud.account}:${input.Name}`;
  const ofSubscription = /^(.+):[^:]+$/.exec(input.SubscriptionArn ?? "")?.[1];
  return [{ action: `sns:${operation}`, resource: input.TopicArn ?? input.ResourceArn ?? named ?? ofSubscription ?? "*" }];
}
