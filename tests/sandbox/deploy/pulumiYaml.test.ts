import { strict as assert } from "node:assert";
import { parsePulumiYaml } from "../../../sandbox/deploy/pulumiYaml";

// Source: resolve.go of gopkg.in/yaml.v3, with which the Pulumi CLI reads a stack's file; npm run test:engine asks the CLI itself.
describe("YAML as the Pulumi CLI reads it", () => {
  const read = (spelled: string) => (parsePulumiYaml(`value: ${spelled}\n`) as { value: unknown }).value;

  const values: [spelled: string, value: unknown][] = [
    ["16", 16],
    ["016", 14],
    ["0o16", 14],
    ["-016", -14],
    ["018", 18],
    ["0x1F", 31],
    ["0b101", 5],
    ["+7", 7],
    ["1_000", 1000],
    ["0_16", 14],
    ["1_0.5", 10.5],
    ["1e3", 1000],
    [".5", 0.5],
    [".5_0", 0.5],
    [".5__0", ".5__0"],
    ["1e400", "1e400"],
    ["-0", 0],
    ["true", true],
    ["True", true],
    ["yes", "yes"],
    ["off", "off"],
    ["~", null],
    ["", null],
    ["NULL", null],
    ["nULL", "nULL"],
    ["20:30:00", "20:30:00"],
    ["1.2.3", "1.2.3"],
    ["us-east-1", "us-east-1"],
    ["'016'", "016"],
    ['"1_000"', "1_000"],
    ["!!str 016", "016"],
    ["[&it 016, *it]", [14, 14]],
    ["{x: &it {a: 1, b: 2}, y: {<<: *it, b: 010}}", { x: { a: 1, b: 2 }, y: { a: 1, b: 8 } }],
    ["99999999999999999999", 1e20],
  ];
  for (const [spelled, value] of values)
    it(`reads ${spelled || "nothing"} as ${JSON.stringify(value)}`, () => {
      assert.deepEqual(Object.is(read(spelled), -0) ? 0 : read(spelled), value);
    });

  const refused: [spelled: string, reason: RegExp][] = [
    ["2026-11-29", /2026-11-29 is a date in YAML; quote it/],
    ["9007199254740993", /has too many digits for a number; quote it/],
    [".inf", /is no number that a configuration can have/],
    ["0b-1", /has its sign in the middle/],
    ["!!int 16", /the tag .*int isn't read here; leave it out|Unresolved tag/],
    ["!!binary aGk=", /the tag .*binary isn't read here; leave it out/],
    ["{16: a}", /16 is a key and no text; quote it/],
    ['{"<<": {a: 1}}', /"<<" merges; leave the quotes out/],
    ["{a: 1, a: 2}", /Map keys must be unique/],
    ["*none", /alias/i],
  ];
  for (const [spelled, reason] of refused) it(`refuses ${spelled}`, () => assert.throws(() => read(spelled), reason));
});
