import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { configStrings, readStackFiles, readStackLayers, stacksIn } from "../../../sandbox/deploy/stackFiles";

describe("readStackFiles", () => {
  let folder: string;
  const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-stack-"));
    write(
      "Pulumi.yaml",
      "name: demo\nruntime: nodejs\nconfig:\n  shards: {type: integer, default: 8}\n  demo:emails: {type: array, items: {type: string}, default: []}\n  aws:region: {value: us-east-1}\n  plain: yes-text\n",
    );
    write("Pulumi.dev.yaml", "config:\n  demo:shards: 4\n  demo:options:\n    a: 1\n");
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it("gives the project's defaults and the stack's values, which replace them whole", () => {
    assert.deepEqual(readStackFiles(folder, "dev"), {
      project: "demo",
      stack: "dev",
      config: {
        "demo:shards": 4,
        "demo:emails": [],
        "aws:region": "us-east-1",
        "demo:plain": "yes-text",
        "demo:options": { a: 1 },
      },
    });
  });

  it("tells on request what each of the files says", () => {
    assert.deepEqual(readStackLayers(folder, "dev"), {
      ...{ project: "demo", stack: "dev", stackFile: "Pulumi.dev.yaml" },
      ofProject: { "demo:shards": 8, "demo:emails": [], "aws:region": "us-east-1", "demo:plain": "yes-text" },
      ofStack: { "demo:shards": 4, "demo:options": { a: 1 } },
    });
  });

  it("names the stacks that exist when asked for one that doesn't", () => {
    assert.deepEqual(stacksIn(folder), ["dev"]);
    assert.throws(() => readStackFiles(folder, "prod"), {
      name: "StackError",
      message: 'No stack "prod": there is no Pulumi.prod.yaml. Stacks here: dev.',
    });
  });

  it("reads another file for the stack, and says so where there is none", () => {
    write("other.yaml", "config:\n  demo:shards: 2\n");
    const other = path.join(folder, "other.yaml");
    const { stack, config } = readStackFiles(folder, "mine", other);
    assert.deepEqual([stack, config["demo:shards"], config["aws:region"]], ["mine", 2, "us-east-1"]);
    assert.throws(() => readStackFiles(folder, "dev", "nowhere.yaml"), {
      name: "StackError",
      message: 'No stack "dev": there is no file nowhere.yaml.',
    });
  });

  it("refuses a stack whose values are partly elsewhere", () => {
    write("Pulumi.dev.yaml", "environment:\n  - shop/dev\nconfig:\n  demo:shards: 4\n");
    assert.throws(() => readStackFiles(folder, "dev"), {
      name: "StackError",
      message: "Pulumi.dev.yaml takes values from an environment of Pulumi ESC, which only `pulumi` can read.",
    });
  });

  it("says which file isn't YAML", () => {
    write("Pulumi.dev.yaml", "config: [");
    assert.throws(() => readStackFiles(folder, "dev"), {
      name: "StackError",
      message: /^Pulumi\.dev\.yaml can't be read as YAML: /,
    });
  });

  it("turns values into the strings that Pulumi's config store takes", () => {
    assert.deepEqual(configStrings({ a: 1, b: "text", c: [1], d: false }), { a: "1", b: "text", c: "[1]", d: "false" });
  });
});
