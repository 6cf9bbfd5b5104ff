import { DescribeStreamSummaryCommand, KinesisClient, type DescribeStreamSummaryCommandInput } from "@aws-sdk/client-kinesis";
import type { Aws } from "../../scaler/aws/clients";
import { describeStream } from "../../scaler/aws/kinesis";
import { explained, isDenied, type Place } from "../place";

/** Whether the stream scales itself; undefined where the caller may not look. */
export async function readOnDemand(place: Place, name: string): Promise<boolean | undefined> {
  const client = new KinesisClient(place.settings);
  const call = async (_service: string, _operation: string, input: unknown) =>
    client.send(new DescribeStreamSummaryCommand(input as DescribeStreamSummaryCommandInput));
  try {
    return (await describeStream({ call } as unknown as Aws, name)).onDemand;
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw explained(error, place, `Looking at the stream ${name}`);
  } finally {
    client.destroy();
  }
}
