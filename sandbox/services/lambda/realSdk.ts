import type { ServiceName, Shape } from "../../core/cloud";
import { isServiceError } from "../../core/serviceError";
import type { SdkCall } from "./sdkModules";

/** Clients whose protocol is AWS JSON without binary members; the sandbox's endpoint speaks the rest. */
const jsonServices: Readonly<Record<string, ServiceName>> = {
  "@aws-sdk/client-application-auto-scaling": "application-autoscaling",
  "@aws-sdk/client-kinesis": "kinesis",
  "@aws-sdk/client-kinesis-analytics-v2": "kinesisanalytics",
  "@aws-sdk/client-ssm": "ssm",
};

interface SdkRequest {
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/**
 * The installed SDK itself: serialisation, signing, retries and error parsing are real, the request ends in this process. Some
 * hundred times slower than `sdkModule`, and retries wait in real time: for tests that the two agree.
 */
export function realSdkModule(name: string, call: SdkCall, region: string): Shape {
  const service = jsonServices[name];
  if (service === undefined) return undefined;
  const real: Record<string, Shape> = require(name);
  const requestHandler = {
    handle: async (request: SdkRequest) => ({ response: await answer(service, request, call) }),
    destroy: () => undefined,
  };
  const settings = { region, credentials: { accessKeyId: "AKIASANDBOX", secretAccessKey: "sandbox" }, requestHandler };
  return new Proxy({} as Record<string, Shape>, {
    get: (_, property: string) => {
      if (property === "__esModule") return true;
      if (property === "__Client" || !String(property).endsWith("Client")) return real[property];
      return class extends real[property] {
        constructor(config: Shape) {
          super({ ...config, ...settings });
        }
      };
    },
  });
}

async function answer(service: ServiceName, request: SdkRequest, call: SdkCall): Promise<Shape> {
  const target = request.headers["x-amz-target"] ?? request.headers["X-Amz-Target"] ?? "";
  const operation = target.split(".").pop() ?? "";
  try {
    const text = typeof request.body === "string" ? request.body : new TextDecoder().decode(request.body);
    return response(200, await call(service, operation, JSON.parse(text)));
  } catch (error) {
    if (!isServiceError(error)) throw error;
    return response(error.statusCode, { __type: error.name, message: error.message });
  }
}

function response(statusCode: number, body: Shape): Shape {
  // A Date travels as seconds since the epoch. JSON.stringify calls toJSON first, so dates are found on their holder.
  const text = JSON.stringify(body ?? {}, function (this: Record<string, unknown>, key, value: unknown) {
    const raw = this[key];
    return raw instanceof Date ? raw.getTime() / 1000 : value;
  });
  return { statusCode, headers: { "content-type": "application/x-amz-json-1.1" }, body: Buffer.from(text) };
}
