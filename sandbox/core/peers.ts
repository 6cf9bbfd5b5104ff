import type { Principal } from "./principal";

/** A metric value as a service or the embedded metric format publishes it. */
export interface Datum {
  namespace: string;
  name: string;
  /** CloudWatch dimensions; their order doesn't matter. */
  dimensions: Readonly<Record<string, string>>;
  /** ms since the epoch; CloudWatch stores it under its minute. */
  timestamp: number;
  /** One value, or a statistic set of several. */
  value: number | { sum: number; minimum: number; maximum: number; sampleCount: number };
  unit?: string;
}

/** What CloudWatch hands to a scaling policy, once a minute while the alarm stays in ALARM. */
export interface ScalingTrigger {
  alarmName: string;
  alarmArn: string;
  threshold: number;
  comparison: string;
  /** Values of the datapoints that were evaluated (missing ones left out), oldest first. */
  datapoints: number[];
  time: number;
}

export interface HttpRequest {
  method: string;
  /** Host, e.g. "{api}.execute-api.{region}.amazonaws.com". */
  host: string;
  /** Path with stage, e.g. "/prod/scalableTargetDimensions/dev-stream". */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface HttpAnswer {
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface LambdaResult {
  /** 200, or what Invoke answers when it refuses. */
  statusCode: number;
  /** JSON text of the answer or of the error ({ errorType, errorMessage }). */
  payload: string;
  functionError?: "Unhandled";
}

/**
 * What services do for each other beside their public operations. The cloud fills it when all services exist;
 * use it at call time, never while constructing.
 */
export interface Peers {
  publishMetric(datum: Datum): void;
  /** Appends a line to a log group; embedded-metric-format lines become metrics. */
  writeLog(logGroup: string, logStream: string, message: string): void;
  invokeLambda(functionArn: string, payload: string, caller: Principal): Promise<LambdaResult>;
  /** A signed request of `caller` to a REST API; undefined caller = unsigned. */
  requestApi(request: HttpRequest, caller: Principal | undefined): Promise<HttpAnswer>;
  runScalingPolicy(policyArn: string, trigger: ScalingTrigger): Promise<void>;
  notify(topicArn: string, subject: string, message: string): void;
}
