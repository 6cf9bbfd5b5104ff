import * as kds from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { minute } from "../../sandbox/core/clock";
import type { Endpoint } from "../sandbox/wire/fixture";
import { key, region } from "../sandbox/wire/fixture";
import { sleep } from "./tools";

export type Input = Record<string, unknown>;

/** What a call came to: its output, or the error's name and text. */
export type Outcome = { output: Input } | { error: string; message: string };

export const isError = (outcome: Outcome): outcome is { error: string; message: string } => "error" in outcome;

/** One of the two implementations behind a real SDK client. */
export interface Side {
  call(operation: string, input: Input): Promise<Outcome>;
  /** Lets every change of the stream complete. */
  settle(stream: string): Promise<void>;
  /** Lets a second pass where calls a second are limited. */
  second(): Promise<void>;
  close(): void;
}

function sideOf(
  url: string,
  settle: (side: Side, stream: string) => Promise<void>,
  second: () => Promise<void> = async () => undefined,
): Side {
  const client = new kds.KinesisClient({
    endpoint: url,
    region,
    credentials: key,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ requestTimeout: 20_000 }),
  });
  const side: Side = {
    async call(operation, input) {
      const Command = (kds as unknown as Record<string, new (input: Input) => never>)[`${operation}Command`]!;
      try {
        const { $metadata: _metadata, ...output } = (await client.send(new Command(input))) as unknown as Input;
        return { output };
      } catch (error) {
        if (!(error instanceof kds.KinesisServiceException)) throw error;
        return { error: error.name, message: error.message };
      }
    },
    settle: (stream) => settle(side, stream),
    second,
    close: () => client.destroy(),
  };
  return side;
}

/** The sandbox through its wire; changes complete in virtual time. */
export function sandboxSide({ url, cloud }: Endpoint): Side {
  const pass = (ms: number) => cloud.clock.advanceTo(cloud.clock.now() + ms);
  return sideOf(
    url,
    () => pass(10 * minute),
    () => pass(1_000),
  );
}

/** kinesis-local changes in the machine's time: ask until it is done. */
export function kinesisLocalSide(port: number): Side {
  return sideOf(`http://127.0.0.1:${port}`, async (side, stream) => {
    for (let tries = 0; tries < 400; tries++) {
      const outcome = await side.call("DescribeStreamSummary", { StreamName: stream });
      if (isError(outcome)) return;
      const { StreamStatus } = outcome.output["StreamDescriptionSummary"] as { StreamStatus: string };
      if (StreamStatus === "ACTIVE") return;
      await sleep(25);
    }
    throw new Error(`stream ${stream} doesn't become ACTIVE`);
  });
}
