import type { GetMetricDataCommandInput, GetMetricDataCommandOutput } from "@aws-sdk/client-cloudwatch";
import type { DescribeStreamSummaryCommandInput, DescribeStreamSummaryCommandOutput, ListShardsCommandInput, ListShardsCommandOutput, MergeShardsCommandInput, MergeShardsCommandOutput, SplitShardCommandInput, SplitShardCommandOutput, UpdateShardCountCommandInput, UpdateShardCountCommandOutput } from "@aws-sdk/client-kinesis";
import type { DescribeApplicationCommandInput, DescribeApplicationCommandOutput, DescribeApplicationOperationCommandInput, DescribeApplicationOperationCommandOutput, ListApplicationOperationsCommandInput, ListApplicationOperationsCommandOutput, StartApplicationCommandInput, StartApplicationCommandOutput, UpdateApplicationCommandInput, UpdateApplicationCommandOutput } from "@aws-sdk/client-kinesis-analytics-v2";
import type { GetParameterCommandInput, GetParameterCommandOutput, GetParametersByPathCommandInput, GetParametersByPathCommandOutput, GetParametersCommandInput, GetParametersCommandOutput, PutParameterCommandInput, PutParameterCommandOutput } from "@aws-sdk/client-ssm";
/** Every AWS operation that the scaler calls: input and output. The role allows these and no others. */
export interface Operations {
    ssm: {
        GetParameter: [GetParameterCommandInput, GetParameterCommandOutput];
        GetParameters: [GetParametersCommandInput, GetParametersCommandOutput];
        GetParametersByPath: [GetParametersByPathCommandInput, GetParametersByPathCommandOutput];
        PutParameter: [PutParameterCommandInput, PutParameterCommandOutput];
    };
    kinesis: {
        DescribeStreamSummary: [DescribeStreamSummaryCommandInput, DescribeStreamSummaryCommandOutput];
        ListShards: [ListShardsCommandInput, ListShardsCommandOutput];
        UpdateShardCount: [UpdateShardCountCommandInput, UpdateShardCountCommandOutput];
        SplitShard: [SplitShardCommandInput, SplitShardCommandOutput];
        MergeShards: [MergeShardsCommandInput, MergeShardsCommandOutput];
    };
    kinesisanalytics: {
        DescribeApplication: [DescribeApplicationCommandInput, DescribeApplicationCommandOutput];
        UpdateApplication: [UpdateApplicationCommandInput, UpdateApplicationCommandOutput];
        DescribeApplicationOperation: [DescribeApplicationOperationCommandInput, DescribeApplicationOperationCommandOutput];
        ListApplicationOperations: [ListApplicationOperationsCommandInput, ListApplicationOperationsCommandOutput];
        StartApplication: [StartApplicationCommandInput, StartApplicationCommandOutput];
    };
    cloudwatch: {
        GetMetricData: [GetMetricDataCommandInput, GetMetricDataCommandOutput];
    };
}
type Input<S extends keyof Operations, O extends keyof Operations[S]> = Operations[S][O] extends [infer I, unknown] ? I : never;
type Output<S extends keyof Operations, O extends keyof Operations[S]> = Operations[S][O] extends [unknown, infer R] ? R : never;
/** AWS as the scaler sees it: one function to call an operation, and one to wait under a service's API rate. */
export interface Aws {
    call<S extends keyof Operations, O extends keyof Operations[S] & string>(service: S, operation: O, input: Input<S, O>): Promise<Output<S, O>>;
    pause(milliseconds: number): Promise<void>;
}
/** Milliseconds after which a call is given up, its body read or not: a run has 55 s, API Gateway waits for 29 s. */
export declare const longestCallMs = 8000;
/**
 * The SDK's clients, made when first used and kept warm. No retries: the next minute tries again, and a refused update must not
 * become three.
 */
export declare function awsClients(callMs?: number): Aws;
export {};
