import { strict as assert } from "node:assert";
import { parseExplainOptions } from "../../../commands/explain/explainOptions";
import { problemsOf } from "../problems";

const problems = (...args: string[]) => problemsOf(() => parseExplainOptions(args), "explain");

function parsed(...args: string[]) {
  const options = parseExplainOptions(args);
  return options === "help" ? assert.fail("help") : options;
}

describe("the options of explain", () => {
  it("look back an hour at both dimensions unless told otherwise", () => {
    const { lastMinutes, kind, json } = parsed();
    assert.deepEqual({ lastMinutes, kind, json }, { lastMinutes: 60, kind: undefined, json: false });
  });

  it("are all read", () => {
    assert.deepEqual(
      parsed(..."--last 1.5h --json --stack prod --pipeline orders --region eu-west-1 --sandbox flink".split(" ")),
      {
        ...{ stack: "prod", pipeline: "orders", sandbox: "http://127.0.0.1:4511", region: "eu-west-1" },
        ...{ lastMinutes: 90, kind: "flink", json: true },
      },
    );
  });

  it("are refused with every problem at once", () => {
    assert.deepEqual(problems("kpus", "x", "--last", "15d", "--json", "--json"), [
      '--last must be a time of whole minutes from 1m to 14d such as 30m, 6h or 7d, got "15d"',
      "--json is given more than once",
      '"kpus" is not a dimension: it must be stream or flink, or left out for both',
      'unexpected argument "x"',
    ]);
  });

  for (const text of ["0m", "1", "h", "-1h", "1w", "1.3m"]) {
    it(`refuse --last ${text}`, () => assert.match(problems("--last", text)[0] ?? "", /^--last /));
  }

  it("give help", () => assert.equal(parseExplainOptions(["-h"]), "help"));
});
