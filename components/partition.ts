/** An AWS partition: its name in ARNs, its domain, its console. */
export interface Partition {
  name: string;
  dnsSuffix: string;
  consoleHost: string;
}

/** By the beginning of a region's name ("AWS service endpoints", and the China and GovCloud user guides). */
const partitions: readonly [regions: RegExp, partition: Partition][] = [
  [/^cn-/, { name: "aws-cn", dnsSuffix: "amazonaws.com.cn", consoleHost: "console.amazonaws.cn" }],
  [/^us-gov-/, { name: "aws-us-gov", dnsSuffix: "amazonaws.com", consoleHost: "console.amazonaws-us-gov.com" }],
  [
    /^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/,
    { name: "aws", dnsSuffix: "amazonaws.com", consoleHost: "console.aws.amazon.com" },
  ],
];

/** The partition of a region; undefined where it isn't known here (the isolated and sovereign ones). */
export function knownPartition(region: string): Partition | undefined {
  return partitions.find(([regions]) => regions.test(region))?.[1];
}

/** @throws Error for a region whose partition isn't known: its ARNs and domains would be guesses. */
export function partitionOf(region: string): Partition {
  const partition = knownPartition(region);
  if (partition) return partition;
  throw new Error(`The partition of region "${region}" isn't known: allowed are regions of aws, aws-cn and aws-us-gov.`);
}
