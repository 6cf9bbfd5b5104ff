import { members, type ModelledInputs } from "../../core/modelled";

const group = { logGroupName: "anything" } as const;
const anyGroup = { ...group, logGroupIdentifier: "ownArn" } as const;
const stream = members("logGroupName", "logStreamName");
const paged = members("nextToken", "limit");
const resource = { resourceArn: "ownArn" } as const;

/** What is modelled of each operation's input. AWS ignores `sequenceToken` and `interleaved`, too ("PutLogEvents", "FilterLogEvents"). */
export const inputs: ModelledInputs = {
  CreateLogGroup: { ...group, ...members("kmsKeyId", "tags", "logGroupClass") },
  CreateLogStream: stream,
  DeleteLogGroup: group,
  DeleteLogStream: stream,
  DeleteRetentionPolicy: group,
  DescribeLogGroups: { ...paged, ...members("logGroupNamePrefix") },
  DescribeLogStreams: { ...anyGroup, ...paged, ...members("logStreamNamePrefix", "descending", "orderBy") },
  FilterLogEvents: {
    ...anyGroup,
    ...paged,
    ...members("logStreamNames", "logStreamNamePrefix", "startTime", "endTime", "filterPattern", "interleaved"),
  },
  GetLogEvents: { ...anyGroup, ...paged, ...members("logStreamName", "startTime", "endTime", "startFromHead") },
  ListTagsForResource: resource,
  PutLogEvents: { ...stream, ...members("sequenceToken"), logEvents: members("timestamp", "message") },
  PutRetentionPolicy: { ...group, ...members("retentionInDays") },
  TagResource: { ...resource, ...members("tags") },
  UntagResource: { ...resource, ...members("tagKeys") },
};
