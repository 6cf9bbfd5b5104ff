import { strict as assert } from "node:assert";
import { errorText, failureOf, tellingPermissions } from "../../../scaler/aws/errors";
import type { Failure } from "../../../scaler/aws/errors";
import type { ChangeCall } from "../../../scaler/types";
import { awsError } from "../fakeAws";

const limit = "LimitExceededException";

describe("an error of a call that was to begin a change", () => {
  const cases: [call: ChangeCall, name: string, message: string, failure: Failure][] = [
    ["UpdateShardCount", "ResourceInUseException", "Stream x under account 1 not ACTIVE, instead in state UPDATING", "busy"],
    ["UpdateApplication", "ConcurrentModificationException", "", "busy"],
    ["UpdateApplication", "ThrottlingException", "Rate exceeded", "busy"],
    ["UpdateApplication", "TooManyRequestsException", "", "busy"],
    ["UpdateApplication", "InvalidRequestException", "A snapshot is being taken", "busy"],
    ["UpdateApplication", "InvalidRequestException", "No such configuration", "refused"],
    ["UpdateApplication", "InvalidApplicationConfigurationException", "", "refused"],
    ["UpdateApplication", limit, "too many KPUs", "refused"],
    ["UpdateShardCount", limit, "cannot scale up over double your current open shard count", "busy"],
    ["UpdateShardCount", limit, "cannot scale down below half your current open shard count", "busy"],
    ["UpdateShardCount", limit, "Rate exceeded for stream x", "busy"],
    ["UpdateShardCount", limit, "This request would exceed the shard limit for the account 1 in us-east-1.", "refused"],
    ["UpdateShardCount", limit, "more than 10 times per rolling 24-hour period per stream under account 1", "spent"],
    ["UpdateShardCount", limit, "words that nobody knows", "spent"],
    ...["24h", "24 h", "24hr", "24 hr", "24 hrs", "24hours", "24 hours", "24-hour"].map(
      (words): [ChangeCall, string, string, Failure] => ["UpdateShardCount", limit, `the account's calls in ${words}`, "spent"],
    ),
    ...["rolling", "daily", "per day", "a day"].map((words): [ChangeCall, string, string, Failure] => [
      "UpdateShardCount",
      limit,
      `the account's ${words} limit`,
      "spent",
    ]),
    ...[
      "UnauthorizedOperation",
      "UnauthorisedOperation",
      "NotAuthorized",
      "NotAuthorised",
      "OptInRequired",
      "MissingCommand",
    ].map((name): [ChangeCall, string, string, Failure] => ["UpdateApplication", name, "", "refused"]),
    ["SplitShard", limit, "This request would exceed the shard limit for the account 1", "refused"],
    ["UpdateShardCount", "AccessDeniedException", "", "refused"],
    ["UpdateShardCount", "ValidationException", "", "refused"],
    [
      "UpdateShardCount",
      limit,
      "This request would exceed the shard limit for the account 240024001224 in us-east-1.",
      "refused",
    ],
    [
      "UpdateShardCount",
      limit,
      "This request would exceed the shard limit for the account 1. Current shard count for the account: 24. Limit: 24.",
      "refused",
    ],
    ["UpdateShardCount", "KMSAccessDenied", "", "refused"],
    ["UpdateShardCount", "KMSInvalidStateException", "", "refused"],
    ["UpdateApplication", "ExpiredToken", "", "busy"],
    ["UpdateApplication", "ExpiredTokenException", "", "busy"],
    ["UpdateApplication", "CredentialsProviderError", "", "busy"],
    ["UpdateApplication", "InternalServerException", "", "unknown"],
    ["UpdateShardCount", "ResourceNotFoundException", "", "busy"],
    ["UpdateShardCount", "TimeoutError", "", "unknown"],
    ["UpdateShardCount", "InternalFailure", "", "unknown"],
    ["UpdateShardCount", "ServiceUnavailable", "", "unknown"],
    ["UpdateApplication", "ECONNRESET", "", "unknown"],
  ];
  for (const [call, name, message, failure] of cases) {
    it(`means ${failure}: ${call}, ${name} "${message}"`, () => assert.equal(failureOf(call, awsError(name, message)), failure));
  }

  const answered: [name: string, marks: object, failure: Failure][] = [
    ["TeapotException", { $fault: "client" }, "refused"],
    ["TeapotException", { $fault: "server" }, "unknown"],
    ["TeapotException", { $metadata: { httpStatusCode: 418 } }, "refused"],
    ["TeapotException", { $metadata: { httpStatusCode: 400 } }, "refused"],
    ["TeapotException", { $metadata: { httpStatusCode: 500 } }, "unknown"],
    ["TeapotException", { $fault: "client", $metadata: { httpStatusCode: 503 } }, "unknown"],
    ["TeapotException", { $metadata: {} }, "unknown"],
  ];
  for (const [name, marks, failure] of answered) {
    it(`whose name nobody knows means ${failure} with ${JSON.stringify(marks)}`, () =>
      assert.equal(failureOf("UpdateApplication", Object.assign(awsError(name), marks)), failure));
  }

  it("is told with its name and AWS's words, whatever was thrown", () => {
    assert.equal(errorText(awsError("ValidationException", "no")), "ValidationException: no");
    assert.equal(errorText("plain"), "Error: plain");
    assert.equal(errorText({ name: "Odd", message: "thing" }), "Odd: thing");
  });
});

describe("a refusal for a missing permission", () => {
  const refusing = (name: string, message: string) =>
    tellingPermissions({
      pause: async () => undefined,
      call: () => Promise.reject(Object.assign(awsError(name, message), { $fault: "client" })),
    });
  const told = (name: string, message = "no") => refusing(name, message).call("kinesis", "ListShards", {});

  it("names the permission, and is the same error else", async () => {
    for (const name of [
      ...["AccessDeniedException", "AccessDenied", "UnauthorizedOperation", "UnauthorisedOperation"],
      ...["NotAuthorized", "NotAuthorised"],
    ]) {
      await assert.rejects(told(name), { name, message: "no (kinesis:ListShards)", $fault: "client" });
    }
  });

  it("is left as it is where it names the permission already, or is another error", async () => {
    const message = "user is not authorized to perform: kinesis:ListShards on resource orders";
    await assert.rejects(told("AccessDeniedException", message), { message });
    await assert.rejects(told("ThrottlingException"), { name: "ThrottlingException", message: "no" });
  });

  it("doesn't stand in the way of answers and pauses", async () => {
    const pauses: number[] = [];
    const aws = tellingPermissions({
      pause: async (milliseconds) => void pauses.push(milliseconds),
      call: async (service, operation, input) => ({ service, operation, input }) as never,
    });
    await aws.pause(7);
    const input = { StreamName: "orders" };
    assert.deepEqual(await aws.call("kinesis", "ListShards", input), {
      service: "kinesis",
      operation: "ListShards",
      input,
    } as never);
    assert.deepEqual(pauses, [7]);
  });
});
