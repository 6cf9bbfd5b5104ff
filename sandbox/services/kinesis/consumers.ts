import type { Operation, Shape } from "../../core/cloud";
import { after, findStream, kinesisError, type KinesisAccount } from "./account";
import type { Consumer, Stream } from "./stream";

/** "On-demand Standard and Provisioned streams: up to 20 consumers per stream"; "only 5 consumers can be created simultaneously". */
const consumerLimit = 20;
const creatingLimit = 5;

/** Enhanced fan-out consumers; SubscribeToShard itself is not modelled. */
export function consumerOperations(account: KinesisAccount): Record<string, Operation> {
  return {
    RegisterStreamConsumer: (input) => register(account, input),
    DescribeStreamConsumer: (input) => {
      const { stream, consumer } = find(account, input);
      return { ConsumerDescription: { ...shape(consumer), StreamARN: stream.arn } };
    },
    DeregisterStreamConsumer: (input) => deregister(account, input),
    ListStreamConsumers: (input) => ({ Consumers: [...findStream(account, input).consumers.values()].map(shape) }),
  };
}

const shape = (consumer: Consumer): Shape => ({
  ConsumerName: consumer.name,
  ConsumerARN: consumer.arn,
  ConsumerStatus: consumer.status,
  ConsumerCreationTimestamp: new Date(consumer.createdAt),
});

function register(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  const { account: id, clock } = account.cloud;
  const name: string = input.ConsumerName;
  const limit = (text: string) => kinesisError("LimitExceededException", text);
  if (stream.consumers.has(name)) {
    throw kinesisError(
      "ResourceInUseException",
      `Consumer ${name} under stream ${stream.name} already exists for account ${id}.`,
    );
  }
  if (stream.consumers.size >= consumerLimit) {
    throw limit(`Stream ${stream.name} under account ${id} already has ${consumerLimit} registered consumers.`);
  }
  if ([...stream.consumers.values()].filter((c) => c.status === "CREATING").length >= creatingLimit) {
    throw limit(`Stream ${stream.name} under account ${id} has ${creatingLimit} consumers in CREATING state.`);
  }
  const createdAt = clock.now();
  const consumer: Consumer = {
    name,
    arn: `${stream.arn}/consumer/${name}:${Math.floor(createdAt / 1_000)}`,
    createdAt,
    status: "CREATING",
    tags: new Map(Object.entries<string>(input.Tags ?? {})),
  };
  stream.consumers.set(name, consumer);
  after(account, stream, account.settings.registerConsumerSeconds, () => {
    if (consumer.status === "CREATING") consumer.status = "ACTIVE";
  });
  return { Consumer: { ...shape(consumer), ConsumerStatus: "CREATING" } };
}

function find(account: KinesisAccount, input: Shape): { stream: Stream; consumer: Consumer } {
  const byArn: string | undefined = input.ConsumerARN;
  if (byArn === undefined && (input.StreamARN === undefined || input.ConsumerName === undefined)) {
    throw kinesisError("InvalidArgumentException", "Either ConsumerARN or both StreamARN and ConsumerName must be specified.");
  }
  const stream = findStream(account, input);
  const consumer = [...stream.consumers.values()].find((c) =>
    byArn === undefined ? c.name === input.ConsumerName : c.arn === byArn,
  );
  if (consumer) return { stream, consumer };
  throw kinesisError(
    "ResourceNotFoundException",
    `Consumer ${byArn ?? input.ConsumerName}, account ${account.cloud.account} not found.`,
  );
}

function deregister(account: KinesisAccount, input: Shape): Shape {
  const { stream, consumer } = find(account, input);
  consumer.status = "DELETING";
  after(account, stream, account.settings.registerConsumerSeconds, () => stream.consumers.delete(consumer.name));
  return undefined;
}
