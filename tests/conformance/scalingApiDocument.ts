import * as fs from "node:fs";
import * as path from "node:path";

type Schema = Record<string, unknown>;

/** The shapes of aws-auto-scaling-custom-resource, as JSON Schema. */
const contract = JSON.parse(fs.readFileSync(path.join(__dirname, "customResourceContract.json"), "utf8")) as {
  definitions: Record<"dimension" | "request" | "error", Schema>;
};

/** HTTP statuses that the API documents, and that no other one stands beside. */
export const documentedStatuses = {
  get: [200, 403, 404, 429],
  patch: [200, 400, 403, 404, 429],
} as const;

const meanings: Readonly<Record<number, string>> = {
  200: "The dimension, or why the capacity that was asked for is refused (Failed)",
  400: "The body is not what PATCH takes",
  403: "Not signed, or not allowed",
  404: "There is no such dimension",
  429: "Too many requests, or the parameters can't be read now",
};

const json = (schema: string) => ({ "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } });

const responses = (statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [status, { description: meanings[status], content: json(status === 200 ? "dimension" : "error") }]),
  );

/**
 * The scaling API as OpenAPI: the contract's paths and shapes, narrowed to what this API takes: a whole number of shards or KPUs up to
 * a million. @param ids dimensions that there are; others have names of the same kind.
 */
export function scalingApiDocument(ids: readonly string[]): Schema {
  const { dimension, request, error } = contract.definitions;
  const { desiredCapacity } = request["properties"] as { desiredCapacity: Schema };
  const taken = { ...desiredCapacity, minimum: 0, maximum: 1_000_000, multipleOf: 1 };
  const anyId = { type: "string", pattern: "^[A-Za-z0-9_.-]{1,200}$" };
  return {
    openapi: "3.1.0",
    info: { title: "Scalable target dimensions", version: "1" },
    security: [{ sigv4: [] }],
    paths: {
      "/scalableTargetDimensions/{scalableTargetDimensionId}": {
        parameters: [
          {
            ...{ name: "scalableTargetDimensionId", in: "path", required: true },
            schema: { anyOf: [{ type: "string", enum: ids }, anyId] },
          },
        ],
        get: { responses: responses(documentedStatuses.get) },
        patch: {
          requestBody: { required: true, content: json("request") },
          responses: responses(documentedStatuses.patch),
        },
      },
    },
    components: {
      // As API Gateway exports IAM authorisation.
      securitySchemes: {
        sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
      },
      schemas: { dimension, error, request: { ...request, properties: { desiredCapacity: taken } } },
    },
  };
}
