import { strict as assert } from "node:assert";
import { isCommandError } from "../../../commands/commandError";
import type { Place } from "../../../commands/place";
import { scalingApi } from "../../../commands/scale/scalingApi";
import { listenLocally, type LocalAnswer, type LocalRequest } from "../../../sandbox/wire/httpServer";

const resourceId = "https://a1b2c3.execute-api.us-east-1.amazonaws.com/v1/scalableTargetDimensions/dev-stream";
const ok = { actualCapacity: 8, desiredCapacity: 10, scalingStatus: "Pending", version: "1" };

/** Runs `work` against an endpoint that answers with `answer`; gives the requests that came. */
async function against(answer: LocalAnswer, work: (place: Place) => Promise<unknown>): Promise<LocalRequest[]> {
  const requests: LocalRequest[] = [];
  const server = await listenLocally({ port: 0, maxBodyBytes: 10_000 }, async (request) => {
    requests.push(request);
    return answer;
  });
  const sandbox = `http://127.0.0.1:${server.port}`;
  const settings = {
    region: "us-east-1",
    endpoint: sandbox,
    credentials: { accessKeyId: "AKIA", secretAccessKey: "x" },
    maxAttempts: 1,
  };
  try {
    await work({ region: "us-east-1", sandbox, settings });
  } finally {
    await server.close();
  }
  return requests;
}

const refusedWith = async (status: number, body: string): Promise<string> => {
  let message = "";
  await against({ status, body }, async (place) => {
    const error = await scalingApi(place, resourceId)
      .get()
      .catch((failed: unknown) => failed);
    assert.ok(isCommandError(error), String(error));
    message = error.message;
  });
  return message;
};

describe("the scaling API's client", () => {
  it("sends a signed PATCH with the capacity as a double, under the sandbox's path", async () => {
    const [request] = await against({ status: 200, body: JSON.stringify(ok) }, async (place) => {
      assert.deepEqual(await scalingApi(place, resourceId).patch(10), ok);
    });
    assert.equal(request?.method, "PATCH");
    assert.equal(request?.path, "/execute-api/a1b2c3/v1/scalableTargetDimensions/dev-stream");
    assert.equal(request?.body.toString(), '{"desiredCapacity": 10.0}');
    assert.match(request?.headers.authorization ?? "", /Credential=AKIA\/\d{8}\/us-east-1\/execute-api\/aws4_request/);
  });

  for (const [status, body, advice] of [
    [
      403,
      '{"Message":"User: arn:aws:iam::1:role/x is not authorized to perform: execute-api:Invoke with an explicit deny"}',
      /callerArns\[N\]/,
    ],
    [403, '{"message":"The security token included in the request is expired"}', /log in again/],
    [403, '{"message":"Missing Authentication Token"}', /There is nothing at http.*compare it with pulumi stack output endpoint/],
    [
      404,
      '{"message":"There is no scalable dimension \\"dev-stream\\""}',
      /no scalable dimension "dev-stream"\nThe scaler knows no such dimension/,
    ],
    [429, '{"message":"Too Many Requests"}', /try again in a minute/],
    [502, '{"message": "Internal server error"}', /scaler's function failed: its log says why/],
    [200, "<html>", /answered 200: <html>/],
  ] as const) {
    it(`says what ${status} with ${body.slice(0, 40)}... means`, async () =>
      assert.match(await refusedWith(status, body), advice));
  }
});
