import { strict as assert } from "node:assert";
import { parseDesiredCapacity } from "../../../scaler/api/request";

describe("the body of PATCH", () => {
  const good: [body: string, capacity: number][] = [
    ['{"desiredCapacity": 6}', 6],
    ['{"desiredCapacity": 6.0}', 6],
    ['{"desiredCapacity": 0}', 0],
    ['{"desiredCapacity": -0}', 0],
    ['{"desiredCapacity": 1e2, "other": true}', 100],
    ['{"desiredCapacity": 1000000}', 1_000_000],
    [`{"desiredCapacity": 6${" ".repeat(1_002)}}`, 6],
  ];
  for (const [body, capacity] of good) {
    it(`asks for ${capacity}: ${body.slice(0, 70)}`, () => assert.ok(Object.is(parseDesiredCapacity({ body }), capacity)));
  }

  const bad: [body: string | null, message: string][] = [
    [null, 'The body is empty: send {"desiredCapacity": 6.0}'],
    ["  ", 'The body is empty: send {"desiredCapacity": 6.0}'],
    ["six", 'The body is not JSON: send {"desiredCapacity": 6.0}'],
    ['{"desiredCapacity": NaN}', 'The body is not JSON: send {"desiredCapacity": 6.0}'],
    ["6", 'The body is not a JSON object: send {"desiredCapacity": 6.0}'],
    ["null", 'The body is not a JSON object: send {"desiredCapacity": 6.0}'],
    ["[6]", 'The body is not a JSON object: send {"desiredCapacity": 6.0}'],
    ["{}", 'desiredCapacity is missing: send {"desiredCapacity": 6.0}'],
    ['{"desiredCapacity": "6"}', 'desiredCapacity is "6", it must be a number: send {"desiredCapacity": 6.0}'],
    ['{"desiredCapacity": null}', 'desiredCapacity is null, it must be a number: send {"desiredCapacity": 6.0}'],
    ['{"desiredCapacity": -1}', "desiredCapacity is -1, it must not be negative"],
    ['{"desiredCapacity": 2.5}', "desiredCapacity is 2.5, it must be a whole number of shards or KPUs"],
    ['{"desiredCapacity": 1000001}', "desiredCapacity is 1000001, at most 1000000 is allowed"],
    [
      `{"desiredCapacity": 6${" ".repeat(1_003)}}`,
      'The body has 1025 characters, at most 1024 are allowed: send {"desiredCapacity": 6.0}',
    ],
    ['{"desiredCapacity": 1e300}', "desiredCapacity is 1e+300, at most 1000000 is allowed"],
    ['{"desiredCapacity": 1e999}', "desiredCapacity is Infinity, at most 1000000 is allowed"],
    [" ".repeat(1_100), 'The body is empty: send {"desiredCapacity": 6.0}'],
    [`{"a": "${"x".repeat(1_100)}"}`, 'The body has 1109 characters, at most 1024 are allowed: send {"desiredCapacity": 6.0}'],
  ];
  for (const [body, message] of bad) {
    it(`is refused: ${body?.slice(0, 30)} ${message.slice(0, 70)}`, () => assert.equal(parseDesiredCapacity({ body }), message));
  }

  it("is empty where there is none, in base64 too", () => {
    const empty = 'The body is empty: send {"desiredCapacity": 6.0}';
    for (const body of [null, undefined, ""]) {
      assert.equal(parseDesiredCapacity({ body }), empty);
      assert.equal(parseDesiredCapacity({ body, isBase64Encoded: true }), empty);
    }
  });

  it("may come in base64", () => {
    assert.equal(
      parseDesiredCapacity({ body: Buffer.from('{"desiredCapacity": 7}').toString("base64"), isBase64Encoded: true }),
      7,
    );
  });
});
