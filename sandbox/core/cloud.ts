import type { Clock } from "./clock";
import type { EventLog } from "./eventLog";
import type { ModelledInputs } from "./modelled";
import type { Peers } from "./peers";
import type { Principal } from "./principal";
import type { Random } from "./random";

export type { Principal };

/** Endpoint prefixes as the SDKs and IAM spell them. */
export type ServiceName =
  | "apigateway"
  | "application-autoscaling"
  | "cloudwatch"
  | "events"
  | "execute-api"
  | "iam"
  | "kinesis"
  | "kinesisanalytics"
  | "lambda"
  | "logs"
  | "s3"
  | "sns"
  | "ssm";

/** One thing a call needs to be allowed, e.g. { action: "kinesis:UpdateShardCount", resource: "arn:aws:kinesis:..." }. */
export interface Requirement {
  action: string;
  /** ARN, or "*" for actions without a resource type. */
  resource: string;
}

/** AWS operations take and give the SDK's JSON shapes (PascalCase, dates as Date or epoch seconds as the SDK has them). */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Shape = any;
export type Operation = (input: Shape, caller: Principal) => Shape | Promise<Shape>;

/** A service is a state machine behind a table of operations. */
export interface Service {
  readonly name: ServiceName;
  readonly operations: Readonly<Record<string, Operation>>;
  /** What is modelled of each operation's input; anything else is refused before the operation runs. */
  readonly inputs: ModelledInputs;
  /** What the caller must be allowed to do for this call; [] where AWS asks nothing. */
  requirements(operation: string, input: Shape): Requirement[];
}

/** What every service gets: virtual time, seeded randomness, the event log, the account, and the table to call each other. */
export interface Cloud {
  readonly account: string;
  readonly region: string;
  /** Of the region: aws, aws-cn or aws-us-gov. */
  readonly partition: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventLog;
  readonly peers: Peers;
  /** The one dispatch table. Authorises the caller, then runs the operation; rejects with a ServiceError as AWS would. */
  call(service: ServiceName, operation: string, input: Shape, caller: Principal): Promise<Shape>;
}
