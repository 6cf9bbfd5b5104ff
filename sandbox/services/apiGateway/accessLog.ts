import { badRequest } from "./apiErrors";

export interface AccessLog {
  logGroup: string;
  logStream: string;
  /** The line for one request; variables that have no value are "-". */
  line(variables: Readonly<Record<string, string | number | undefined>>): string;
}

/**
 * Compiles an access log format: $context.x is replaced. ("Variables for access logging for API Gateway")
 * @throws ServiceError BadRequestException
 */
export function accessLog(destinationArn: string, format: string, logStream: string): AccessLog {
  const logGroup = /^arn:aws[a-z-]*:logs:[^:]+:\d{12}:log-group:([^:]+)(?::\*)?$/.exec(destinationArn)?.[1];
  if (logGroup === undefined) throw badRequest("Invalid ARN specified in the request");
  if (!/\$context\.(requestId|extendedRequestId)\b/.test(format)) {
    throw badRequest("Access log format must contain $context.requestId or $context.extendedRequestId.");
  }
  if (format.trimEnd().includes("\n")) throw badRequest("Access log format must be a single line.");
  const parts = format.split(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/);
  return {
    logGroup,
    logStream,
    line: (variables) => parts.map((part, i) => (i % 2 === 0 ? part : String(variables[part] ?? "-"))).join(""),
  };
}
