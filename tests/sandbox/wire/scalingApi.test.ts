// Source: Gateway response types for API Gateway; Troubleshoot Signature Version 4 signing for AWS API requests
import { strict as assert } from "node:assert";
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { key, openStack, region, send, signed, type RawAnswer, type RawRequest } from "./fixture";

type Stack = Awaited<ReturnType<typeof openStack>>;
const run = promisify(execFile);

/** curl signs since 7.75. */
function curlVersion(): [number, number] | undefined {
  const { stdout } = spawnSync("curl", ["--version"], { encoding: "utf8" });
  const [, major, minor] = /^curl (\d+)\.(\d+)/.exec(stdout ?? "") ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

/** API Gateway's own refusals: 403, a JSON message, the error's name and a request id in headers. */
function assertForbidden(answer: RawAnswer, errorType: string, message: RegExp): void {
  assert.equal(answer.status, 403, answer.text);
  assert.equal(answer.headers["x-amzn-errortype"], errorType);
  assert.equal(answer.headers["content-type"], "application/json");
  assert.ok(answer.headers["x-amzn-requestid"]);
  assert.match(String(answer.json?.["message"] ?? answer.json?.["Message"]), message);
}

describe("the scaling API behind the endpoint", function () {
  this.timeout(60_000);
  let stack: Stack;
  let path: string;

  before(async () => {
    stack = await openStack();
    path = `${new URL(stack.apiUrl).pathname}/scalableTargetDimensions/dev-stream`;
  });
  after(() => stack.server.close());

  const ask = async (request: RawRequest, options: { service?: string; region?: string; credentials?: typeof key } = {}) =>
    send(stack.server.port, await signed(stack.server.port, { path, ...request }, { service: "execute-api", ...options }));

  describe("signed by the SDK's signer", () => {
    it("answers GET with the dimension, its capacities as doubles", async () => {
      const answer = await ask({ method: "GET" });
      assert.equal(answer.status, 200, answer.text);
      assert.match(answer.text, /"actualCapacity":8\.0,"desiredCapacity":8\.0/);
      assert.deepEqual(answer.json, {
        actualCapacity: 8,
        desiredCapacity: 8,
        scalableTargetDimensionId: "dev-stream",
        scalingStatus: "Successful",
        version: "1",
        resourceName: "sluice-dev",
        dimensionName: "kinesis:stream:ShardCount",
      });
    });

    it("takes PATCH and stores what is desired", async () => {
      const answer = await ask({
        method: "PATCH",
        body: '{"desiredCapacity":9.0}',
        headers: { "content-type": "application/json" },
      });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.json?.["desiredCapacity"], 9);
      assert.equal((await ask({ method: "GET" })).json?.["desiredCapacity"], 9);
    });

    it("answers 400 to a body that isn't the contract's and 404 to an unknown dimension", async () => {
      for (const body of [
        "",
        "{",
        "[]",
        '{"desiredCapacity":"9"}',
        '{"desiredCapacity":-1}',
        '{"desiredCapacity":1e400}',
        "\u0000",
      ]) {
        const answer = await ask({ method: "PATCH", body });
        assert.equal(answer.status, 400, `${body}: ${answer.text}`);
        assert.equal(typeof answer.json?.["message"], "string");
      }
      assert.equal((await ask({ method: "GET", path: path.replace("dev-stream", "none") })).status, 404);
    });

    it("verifies a path with escaped characters and a query", async () => {
      for (const odd of [`${path}%20x`, `${path}?a=b&a=c&d=%20e`, path.replace("dev-stream", "a%2Fb")]) {
        const answer = await ask({ method: "GET", path: odd });
        assert.notEqual(answer.status, 403, `${odd}: ${answer.text}`);
      }
    });

    it("refuses a body or header that isn't the one that was signed", async () => {
      const whole = await signed(
        stack.server.port,
        { method: "PATCH", path, body: '{"desiredCapacity":9.0}' },
        { service: "execute-api" },
      );
      assertForbidden(
        await send(stack.server.port, { ...whole, body: '{"desiredCapacity":99}' }),
        "InvalidSignatureException",
        /does not match/,
      );
      const other = { ...whole, path: path.replace("dev-stream", "dev-flink") };
      assertForbidden(await send(stack.server.port, other), "InvalidSignatureException", /does not match/);
    });
  });

  describe("answers API Gateway's 403", () => {
    it("Missing Authentication Token to an unsigned request, and to a path that isn't there", async () => {
      const unsigned = await send(stack.server.port, { method: "GET", path });
      assertForbidden(unsigned, "MissingAuthenticationTokenException", /^Missing Authentication Token$/);
      const elsewhere = await ask({ method: "GET", path: path.replace("scalableTargetDimensions", "scale") });
      assertForbidden(elsewhere, "MissingAuthenticationTokenException", /^Missing Authentication Token$/);
      assertForbidden(await ask({ method: "DELETE" }), "MissingAuthenticationTokenException", /^Missing Authentication Token$/);
    });

    it("Forbidden for a stage or an API that isn't there", async () => {
      for (const wrong of [path.replace(/\/v1\//, "/v2/"), path.replace(/execute-api\/[^/]+/, "execute-api/aaaaaaaaaa")]) {
        assertForbidden(await ask({ method: "GET", path: wrong }), "ForbiddenException", /^Forbidden$/);
      }
    });

    it("the signature's mismatch to a wrong secret", async () => {
      const answer = await ask({ method: "GET" }, { credentials: { ...key, secretAccessKey: "wrong" } });
      assertForbidden(
        answer,
        "InvalidSignatureException",
        /^The request signature we calculated does not match the signature you provided\./,
      );
    });

    it("an invalid security token to an unknown access key", async () => {
      const answer = await ask({ method: "GET" }, { credentials: { ...key, accessKeyId: "AKIANOBODY" } });
      assertForbidden(answer, "UnrecognizedClientException", /^The security token included in the request is invalid\.$/);
    });

    it("the right service and region to a credential with another scope", async () => {
      assertForbidden(
        await ask({ method: "GET" }, { service: "kinesis" }),
        "InvalidSignatureException",
        /correct service: 'execute-api'/,
      );
      assertForbidden(
        await ask({ method: "GET" }, { region: "eu-west-1" }),
        "InvalidSignatureException",
        /valid region, not 'eu-west-1'/,
      );
    });

    it("what is missing in an Authorization header that isn't SigV4's", async () => {
      const headers = { authorization: "Bearer abc", "x-amz-date": "20260105T000000Z" };
      const bearer = await send(stack.server.port, { method: "GET", path, headers });
      assertForbidden(bearer, "IncompleteSignatureException", /missing equal-sign/);
      const basic = await send(stack.server.port, {
        method: "GET",
        path,
        headers: { authorization: "AWS4-HMAC-SHA256 Credential=a" },
      });
      assertForbidden(
        basic,
        "IncompleteSignatureException",
        /requires 'Signature' parameter.*requires existence of either a 'X-Amz-Date'/,
      );
    });

    it("who isn't authorised to a caller whom the API's policy doesn't name", async () => {
      const { cloud } = stack;
      await cloud.call("iam", "CreateUser", { UserName: "someone" }, cloud.deployer);
      const someone = { accessKeyId: "AKIASANDBOXSOMEONE01", secretAccessKey: "someone" };
      cloud.iam.addCredentials(someone, `arn:aws:iam::${cloud.account}:user/someone`);
      const answer = await ask({ method: "GET" }, { credentials: someone });
      assertForbidden(
        answer,
        "AccessDeniedException",
        /user\/someone is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:\*{8}9012:/,
      );
    });
  });

  it("answers API Gateway's 413 to a body over 10 MiB", async () => {
    const answer = await ask({ method: "PATCH", body: "x".repeat(10 * 1024 * 1024 + 1) });
    assert.equal(answer.status, 413);
    assert.deepEqual(answer.json, { message: "Request Too Long" });
  });

  it("keeps the caller's signature out of what the function logs", async () => {
    await ask({ method: "GET" });
    const { logGroups } = await stack.cloud.call("logs", "DescribeLogGroups", {}, stack.cloud.deployer);
    let lines = 0;
    for (const { logGroupName } of logGroups) {
      const { events } = await stack.cloud.call("logs", "FilterLogEvents", { logGroupName }, stack.cloud.deployer);
      for (const { message } of events) assert.doesNotMatch(message, /AWS4-HMAC|Signature=/);
      lines += events.length;
    }
    assert.ok(lines > 0);
  });

  describe("called by curl --aws-sigv4", function () {
    before(function () {
      const version = curlVersion();
      const signs = version && (version[0] > 7 || (version[0] === 7 && version[1] >= 75));
      if (signs) return;
      if (process.env["CI"] === "true") throw new Error("curl 7.75 or newer is missing: CI installs it.");
      console.log("      skipped: curl 7.75 or newer is missing");
      this.skip();
    });

    const curl = async (...more: string[]) => {
      const user = ["--aws-sigv4", `aws:amz:${region}:execute-api`, "--user", `${key.accessKeyId}:${key.secretAccessKey}`];
      const { stdout } = await run("curl", ["--silent", "--show-error", "--write-out", "\n%{http_code}", ...user, ...more]);
      const lines = stdout.split("\n");
      return { status: Number(lines.pop()), body: JSON.parse(lines.join("\n")) };
    };
    const url = () => `${stack.apiUrl}/scalableTargetDimensions/dev-flink`;

    it("GETs and PATCHes a dimension", async () => {
      const seen = await curl(url());
      assert.deepEqual([seen.status, seen.body.actualCapacity], [200, 16], JSON.stringify(seen.body));
      const patched = await curl("--request", "PATCH", "--json", '{"desiredCapacity":17.0}', url()).catch(() =>
        // --json came with curl 7.82.
        curl("--request", "PATCH", "--header", "Content-Type: application/json", "--data", '{"desiredCapacity":17.0}', url()),
      );
      assert.deepEqual([patched.status, patched.body.desiredCapacity], [200, 17]);
    });

    it("is refused with a wrong secret", async () => {
      const refused = await curl("--user", `${key.accessKeyId}:wrong`, url());
      assert.equal(refused.status, 403);
      assert.match(refused.body.message, /does not match the signature you provided/);
    });

    it("is refused for another region", async () => {
      const refused = await curl("--aws-sigv4", "aws:amz:eu-west-1:execute-api", url());
      assert.equal(refused.status, 403);
      assert.match(refused.body.message, /valid region, not 'eu-west-1'/);
    });
  });
});
