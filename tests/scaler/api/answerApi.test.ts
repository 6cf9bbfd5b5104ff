import { strict as assert } from "node:assert";
import { apiEvent, invoke, minute, parametersOf, scenario, start, streamConfig } from "../scenario";
import { awsError } from "../fakeAws";

describe("GET and PATCH of a scalable dimension", () => {
  it("answers with the contract's fields, numbers as doubles, and a version that never changes", async () => {
    const one = scenario();
    await one.run();
    const { statusCode, body } = await one.get("dev-stream");
    assert.equal(statusCode, 200);
    assert.equal(
      body,
      '{"actualCapacity":8.0,"desiredCapacity":8.0,"scalableTargetDimensionId":"dev-stream","scalingStatus":"Successful","version":"1",' +
        '"resourceName":"orders","dimensionName":"kinesis:stream:ShardCount"}',
    );
    assert.equal((await one.patch("dev-flink", 9)).answer.version, "1");
  });

  it("answers before the first minute run with what the program created, or else the minimum", async () => {
    const told = scenario({ stream: { initial: 8, min: 2 } });
    assert.equal((await told.get("dev-stream")).answer.actualCapacity, 8);
    const untold = scenario({ stream: { min: 2 } });
    const { answer } = await untold.get("dev-stream");
    assert.deepEqual([answer.actualCapacity, answer.desiredCapacity, answer.scalingStatus], [2, 2, "Successful"]);
  });

  it("says 404 for an unknown dimension and for an id that no parameter can have", async () => {
    const one = scenario();
    for (const id of ["nobody", "../dev-stream", "a b", ""]) {
      const answer = await invoke(one.aws, apiEvent("GET", id, start), []);
      assert.deepEqual(answer, {
        statusCode: 404,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ message: `There is no scalable dimension "${id}"` }),
      });
    }
  });

  it("says 400 with a message and stores nothing when the body is wrong", async () => {
    const one = scenario();
    await one.run();
    for (const wrong of [undefined, null, "6", -1, 2.5, 1e9]) {
      const { statusCode, body } = await one.patch("dev-stream", wrong);
      assert.equal(statusCode, 400);
      assert.match((JSON.parse(body) as { message: string }).message, /^desiredCapacity is /);
    }
    assert.deepEqual(one.desired("dev-stream"), {});
  });

  it("says 400 for other methods and for a request without a time", async () => {
    const { aws } = scenario();
    assert.equal((await invoke(aws, apiEvent("DELETE", "dev-stream", start), []))?.statusCode, 400);
    assert.equal((await invoke(aws, { httpMethod: "GET", pathParameters: { id: "dev-stream" } }, []))?.statusCode, 400);
  });

  it("never says 5xx: 429 when SSM fails or the parameters are broken", async () => {
    const one = scenario();
    one.aws.faults.push({ operation: "GetParameters", error: awsError("InternalServerError"), times: 1 });
    assert.equal((await one.get("dev-stream")).statusCode, 429);
    one.aws.faults.push({ operation: "PutParameter", error: awsError("ThrottlingException"), times: 1 });
    assert.equal((await one.patch("dev-stream", 9)).statusCode, 429);
    one.aws.parameters["/sluice/dev/dev-flink/config"]?.push("{");
    const broken = await one.get("dev-flink");
    assert.equal(broken.statusCode, 429);
    assert.match(broken.body, /parameter config of dev-flink is broken: it is not a JSON object; run pulumi up/);
  });

  it("says in each answer that is none what is wrong", async () => {
    const one = scenario();
    await one.run();
    const said = async (event: unknown) => {
      const answer = await invoke(one.aws, event, one.lines);
      return [answer?.statusCode, (JSON.parse(answer?.body ?? "{}") as { message?: string }).message];
    };
    assert.deepEqual(await said(apiEvent("DELETE", "dev-stream", start)), [400, "DELETE is not GET or PATCH"]);
    assert.deepEqual(await said({ ...apiEvent("GET", "dev-stream", start), requestContext: {} }), [
      ...[400, "requestContext.requestTimeEpoch is missing or no time"],
    ]);
    assert.deepEqual(await said({ ...apiEvent("GET", "", start), pathParameters: null }), [
      ...[404, 'There is no scalable dimension ""'],
    ]);
    one.aws.faults.push({ operation: "GetParameters", error: awsError("ThrottlingException", "slow"), times: 1 });
    one.lines.length = 0;
    assert.deepEqual(await said(apiEvent("GET", "dev-stream", one.now)), [
      ...[429, "The dimension's parameters could not be read or written (ThrottlingException: slow): try again"],
    ]);
    assert.ok(one.lines[0]?.includes('"reason":"ThrottlingException: slow"'), "and in the log");
    assert.deepEqual(one.metrics("ScalerErrors"), [{ id: "dev-stream", name: "ScalerErrors", value: 1, timestamp: one.now }]);
  });

  it("asks SSM for no id that a parameter can't have", async () => {
    const one = scenario();
    for (const id of ["../dev-stream", "dev-stream/", "a b", " dev-stream", "x".repeat(201), ""])
      assert.equal((await invoke(one.aws, apiEvent("GET", id, start), []))?.statusCode, 404);
    assert.deepEqual(one.aws.calls, []);
    assert.equal((await invoke(one.aws, apiEvent("GET", "x".repeat(200), start), []))?.statusCode, 404);
    assert.equal(one.aws.calls.length, 1);
  });

  it("says in the log where a newer request came between", async () => {
    const one = scenario();
    await one.run();
    one.aws.before = ({ operation }) => {
      const versions = one.aws.parameters["/sluice/dev/dev-stream/desired"];
      if (operation === "PutParameter" && versions?.length === 1)
        versions.push(JSON.stringify({ desired: 20, at: one.now + 2_000 }));
    };
    one.lines.length = 0;
    assert.equal((await one.patch("dev-stream", 12)).answer.desiredCapacity, 20);
    assert.deepEqual(
      one.decisions().map(({ action, desired, reason }) => [action, desired, reason]),
      [["keep", 20, "a newer request was accepted meanwhile: this one came late"]],
    );
  });

  it("touches SSM only", async () => {
    const one = scenario();
    await one.get("dev-stream");
    await one.patch("dev-stream", 12);
    assert.deepEqual([...new Set(one.aws.calls.map(({ service }) => service))], ["ssm"]);
  });

  it("stores an accepted desired with the request's time, answers Pending, and publishes nothing: that is for the run, which has eyes", async () => {
    const one = scenario();
    await one.run();
    one.lines.length = 0;
    const { answer } = await one.patch("dev-stream", 12);
    assert.deepEqual([answer.actualCapacity, answer.desiredCapacity, answer.scalingStatus], [8, 12, "Pending"]);
    assert.deepEqual(one.desired("dev-stream"), { desired: 12, at: one.now + 1_000 });
    assert.deepEqual([...one.metrics("DesiredCapacity"), ...one.metrics("SettledCapacity")], []);
    assert.deepEqual(one.decisions(), [
      {
        sluice: "decision",
        time: new Date(one.now + 1_000).toISOString(),
        stack: "dev",
        id: "dev-stream",
        pipeline: "dev",
        kind: "stream",
        actual: 8,
        requested: 12,
        action: "accept",
        desired: 12,
        reason: "12 was asked for",
      },
    ]);
  });

  it("clamps to the bounds and answers with the bound", async () => {
    const one = scenario({ stream: { min: 2, max: 20 } });
    await one.run();
    assert.equal((await one.patch("dev-stream", 999)).answer.desiredCapacity, 20);
    assert.equal((await one.patch("dev-stream", 0)).answer.desiredCapacity, 2);
  });

  it("clamps an application to what maxParallelism allows", async () => {
    const one = scenario({ flink: { max: 32, parallelismPerKpu: 4, maxParallelism: 10 }, kpus: 1 });
    await one.run();
    assert.equal((await one.patch("dev-flink", 9)).answer.desiredCapacity, 3);
  });

  it("answers with desired when asked for something between actual and desired while scaling out", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 16);
    await one.run();
    const { answer } = await one.patch("dev-stream", 12);
    assert.deepEqual([answer.desiredCapacity, answer.scalingStatus], [16, "InProgress"]);
    assert.equal(one.desired("dev-stream").desired, 16);
  });

  it("says Failed, and why, of what failed a moment ago", async () => {
    const one = scenario();
    await one.run();
    const out = { to: 12, minutes: 10, until: one.now + 10 * minute, reason: "no quota" };
    one.aws.parameters["/sluice/dev/dev-stream/state"]?.push(JSON.stringify({ ...one.state("dev-stream"), backoff: { out } }));
    const { answer } = await one.patch("dev-stream", 12);
    assert.deepEqual([answer.desiredCapacity, answer.scalingStatus], [8, "Failed"]);
    assert.match(answer.failureReason ?? "", /^not tried before .*: no quota$/);
    assert.deepEqual(one.desired("dev-stream"), {});
  });

  it("accepts less than actual while scaling out", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 16);
    assert.equal((await one.patch("dev-stream", 6)).answer.desiredCapacity, 6);
  });

  it("doesn't write what is desired already", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 12);
    await one.patch("dev-stream", 12);
    await one.patch("dev-flink", 4);
    assert.equal(one.aws.called("PutParameter").filter(({ Name }) => /desired$/.test(String(Name))).length, 1);
  });

  it("keeps a newer desired when an older request arrives late", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 12);
    const late = await invoke(one.aws, apiEvent("PATCH", "dev-stream", one.now - minute, '{"desiredCapacity": 3}'), one.lines);
    assert.match(late?.body ?? "", /"desiredCapacity":12.0/);
    assert.equal(one.desired("dev-stream").desired, 12);
  });

  it("answers a scale-in at once with as much of it as the day's updates left can climb back", async () => {
    const one = scenario({ shards: 20, stream: { updatesPerDay: 2 } });
    await one.run();
    assert.equal((await one.patch("dev-stream", 4)).answer.desiredCapacity, 10);
    const spent = scenario({ shards: 20, stream: { updatesPerDay: 1 } });
    await spent.run();
    const { answer } = await spent.patch("dev-stream", 4);
    assert.deepEqual([answer.desiredCapacity, answer.scalingStatus], [20, "Successful"]);
  });

  it("is Pending, InProgress and Successful as the change waits, runs and is done", async () => {
    const one = scenario({ flink: false });
    await one.run();
    const statuses = [(await one.patch("dev-stream", 12)).answer.scalingStatus];
    await one.run();
    statuses.push((await one.get("dev-stream")).answer.scalingStatus);
    one.aws.complete();
    await one.run();
    statuses.push((await one.get("dev-stream")).answer.scalingStatus);
    assert.deepEqual(statuses, ["Pending", "InProgress", "Successful"]);
  });

  it("keeps serving every other dimension when one is broken", async () => {
    const one = scenario();
    Object.assign(one.aws.parameters, parametersOf("other", { ...streamConfig, kind: "table" }));
    await one.run();
    assert.equal((await one.get("dev-stream")).answer.actualCapacity, 8);
  });
});
