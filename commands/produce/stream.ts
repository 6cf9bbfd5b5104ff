import { DescribeStreamSummaryCommand, type KinesisClient } from "@aws-sdk/client-kinesis";
import { dimensionId } from "../../scaler/names";
import { commandError } from "../commandError";
import { identitiesOf, requireDimensions, severalPipelines, stackOf, unknownDimension } from "../dimensions";
import { explained, isDenied, type Place } from "../place";
import { readDimension } from "../scale/storedDimension";
import type { ProduceOptions } from "./produceOptions";

/** The stream's name: the one given, or that of the stack. @throws CommandError that says what there is instead. */
export async function streamOf(place: Place, { stream, stack: named, pipeline }: ProduceOptions): Promise<string> {
  if (stream !== undefined) return stream;
  const dimensions = await requireDimensions(place);
  const stack = stackOf(place, named, dimensions);
  const [identity = stack, ...others] = identitiesOf(stack, pipeline, dimensions);
  if (others.length > 0) throw severalPipelines(stack, [identity, ...others]);
  const id = dimensionId(identity, "stream");
  if (!dimensions.some((dimension) => dimension.id === id)) throw unknownDimension(place, id, dimensions);
  const stored = await readDimension(place, stack, id);
  if (stored) return stored.config.name;
  throw commandError("The stream's name can't be read (ssm:GetParameters is denied): say --stream NAME.");
}

/** Open shards, before anything is sent; undefined where the caller may not look. @throws CommandError also when there is no such stream. */
export async function openShards(client: KinesisClient, place: Place, stream: string): Promise<number | undefined> {
  try {
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: stream }));
    return StreamDescriptionSummary?.OpenShardCount;
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw explained(error, place, `Looking at the stream ${stream}`);
  }
}
