import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { minute } from "../../sandbox/core/clock";
import { openStack } from "../sandbox/wire/fixture";
import { documentedStatuses, scalingApiDocument } from "./scalingApiDocument";
import { pleaseSign, startSigningProxy, type Exchange, type SigningProxy } from "./signingProxy";
import { needs, schemathesis } from "./tools";

const ids = ["dev-stream", "dev-flink"];
const seed = "1";
/** Requests of an operation that are made up, beside those that cover each constraint's limits. */
const examples = "150";

/**
 * What is left out: `unsupported_method` wants 405, where API Gateway answers 403 to a method that it doesn't have; the others need links between
 * operations, a POST or a DELETE.
 */
const checks = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_schema_conformance",
  "negative_data_rejection",
  "positive_data_acceptance",
  "ignored_auth",
];

describe("the scaling API under requests that schemathesis makes from its document", function () {
  this.timeout(600_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "schemathesis-"));
  const exchanges: (Exchange & { changed: boolean })[] = [];
  let stack: Awaited<ReturnType<typeof openStack>>;
  let proxy: SigningProxy;
  let report = { code: -1, text: "" };

  before(async function () {
    needs(this, schemathesis, "schemathesis");
    stack = await openStack();
    proxy = await startSigningProxy(stack.server.port, new URL(stack.apiUrl).pathname, watched);
    const document = path.join(folder, "openapi.json");
    fs.writeFileSync(document, JSON.stringify(scalingApiDocument(ids)));
    const how = [
      "--seed",
      seed,
      "--max-examples",
      examples,
      "--continue-on-failure",
      "--no-shrink",
      "--generation-database",
      "none",
      "--no-color",
    ];
    const args = [
      "run",
      document,
      "--url",
      proxy.url,
      "--header",
      `Authorization: ${pleaseSign}`,
      "--checks",
      checks.join(","),
      ...how,
    ];
    report = await run(args);
  });
  after(async () => {
    fs.rmSync(folder, { recursive: true });
    await proxy?.close();
    await stack?.server.close();
  });

  const run = (args: string[]) =>
    new Promise<typeof report>((resolve) =>
      execFile(schemathesis, args, { cwd: folder, maxBuffer: 2 ** 26, timeout: 540_000 }, (error, out, complaints) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, text: `${out}${complaints}` }),
      ),
    );

  /** All that the scaler knows, with the versions of what is stored. */
  async function parameters(): Promise<string> {
    const { cloud } = stack;
    const { Parameters } = await cloud.call(
      "ssm",
      "GetParametersByPath",
      { Path: "/sluice/dev", Recursive: true },
      cloud.deployer,
    );
    return JSON.stringify(Parameters);
  }

  /** Time passes between requests, never in one. Now and then it stands, and others have used the API's burst up; or UpdateShardCount fails. */
  async function watched(exchange: () => Promise<Exchange>): Promise<Exchange> {
    const { cloud } = stack;
    const count = exchanges.length;
    await cloud.clock.advanceTo(cloud.clock.now() + (count % 5 === 0 ? minute : 10_000));
    if (count % 20 === 19) await useBurstUp();
    if (count % 100 === 50) cloud.kinesis.failNext("UpdateShardCount", "ResourceInUseException", { times: 40 });
    const before = await parameters();
    const done = await exchange();
    exchanges.push({ ...done, changed: (await parameters()) !== before });
    return done;
  }

  /** A hundred requests of each method at one instant, to a dimension that isn't there. */
  async function useBurstUp(): Promise<void> {
    const { host, pathname } = new URL(stack.deployment.outputs.endpoint);
    const path = `${pathname}/scalableTargetDimensions/nobody`;
    for (const method of ["GET", "PATCH"]) {
      for (let i = 0; i < 100; i++) await stack.cloud.peers.requestApi({ method, host, path, headers: {} }, stack.cloud.deployer);
    }
  }

  const statuses = (method: string) => [
    ...new Set(exchanges.filter((exchange) => exchange.method === method).map(({ answer }) => answer.status)),
  ];

  it("meets its own document: no answer that isn't documented, in status, type and shape; what is wrong is refused, what is right taken", () => {
    assert.equal(report.code, 0, report.text.slice(-8_000));
    assert.match(report.text, /[0-9]+ generated/);
  });

  it("was asked often, signed and not", () => {
    assert.ok(exchanges.length > 300, String(exchanges.length));
    for (const wanted of [true, false]) assert.ok(exchanges.some((exchange) => exchange.signed === wanted));
  });

  it("answers with every documented status, and never with 5xx", () => {
    const ascending = (of: readonly number[]) => [...of].sort((a, b) => a - b);
    assert.deepEqual(ascending(statuses("GET")), ascending(documentedStatuses.get));
    assert.deepEqual(ascending(statuses("PATCH")), ascending(documentedStatuses.patch));
    assert.deepEqual(
      exchanges.filter(({ answer }) => answer.status >= 500).map(({ answer }) => answer.text),
      [],
    );
  });

  it("says Pending, InProgress, Successful and Failed", () => {
    const said = exchanges.flatMap(({ answer }) => (answer.status === 200 ? String(answer.json?.["scalingStatus"]) : []));
    assert.deepEqual([...new Set(said)].sort(), ["Failed", "InProgress", "Pending", "Successful"]);
  });

  it("changes nothing by a request that it refuses, nor by looking", () => {
    assert.ok(
      exchanges.some(({ changed }) => changed),
      "a request that is taken changes what is desired",
    );
    const wrong = exchanges.filter(({ changed, method, answer }) => changed && (answer.status !== 200 || method !== "PATCH"));
    assert.deepEqual(
      wrong.map(({ method, path: at, answer }) => `${method} ${at}: ${answer.status}`),
      [],
    );
  });
});
