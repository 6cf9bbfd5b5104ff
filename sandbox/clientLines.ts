import { credentials } from "./accessKey";

/** What the lines are made of, in the order of a deployment's outputs. */
export interface ClientLine {
  endpoint: string;
  region: string;
  streamName: string;
}

const { accessKeyId, secretAccessKey } = credentials;

/**
 * A line for the AWS CLI that works wherever it is pasted: what is given on the command line counts before a region or an endpoint of the
 * machine's own, and an empty session token before one of another login.
 */
export function awsLine({ endpoint, region, streamName }: ClientLine): string {
  const identity = `AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey} AWS_SESSION_TOKEN=`;
  return `${identity} aws --region ${region} --endpoint-url ${endpoint} kinesis describe-stream-summary --stream-name ${streamName}`;
}

/** The same for the scaling API, which is signed as API Gateway with IAM authorisation wants it. @param dimension its address */
export function curlLine(dimension: string, region: string): string {
  return `curl --aws-sigv4 aws:amz:${region}:execute-api --user ${accessKeyId}:${secretAccessKey} ${dimension}`;
}
