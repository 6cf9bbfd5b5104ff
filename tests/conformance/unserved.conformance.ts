import { strict as assert } from "node:assert";
import { openEndpoint } from "../sandbox/wire/fixture";
import { failed, withBoto3 } from "./boto3";
import { needs, python } from "./tools";

describe("boto3's clients of services that the endpoint lacks", () => {
  before(function () {
    needs(this, python, "boto3");
  });

  it("read the answer of each protocol", async () => {
    const { server, url } = await openEndpoint();
    const calls = [
      { client: "iam", operation: "ListUsers", code: "InvalidAction" },
      { client: "sns", operation: "ListTopics", code: "InvalidAction" },
      { client: "ec2", operation: "DescribeRegions", code: "InvalidAction" },
      { client: "s3", operation: "ListBuckets", code: "NotImplemented" },
      { client: "route53", operation: "ListHostedZones", code: "UnknownOperationException" },
      { client: "lambda", operation: "ListFunctions", code: "UnknownOperationException" },
      { client: "apigateway", operation: "GetRestApis", code: "UnknownOperationException" },
      { client: "events", operation: "ListRules", code: "UnknownOperationException" },
      { client: "dynamodb", operation: "ListTables", code: "UnknownOperationException" },
    ];
    const results = await withBoto3(
      url,
      calls.map(({ client, operation }) => ({ client, operation, input: {} })),
    );
    await server.close();
    for (const [i, { client, code }] of calls.entries()) {
      const result = results[i]!;
      assert.ok(failed(result), client);
      assert.equal(result.error, code, `${client}: ${result.message}`);
      assert.match(result.message, /^The sandbox has no \w+ here: this endpoint speaks/, client);
    }
  });
});
