import { strict as assert } from "node:assert";
import { isCommandError } from "../../commands/commandError";
import { explain } from "../../commands/explain/explain";
import { parseExplainOptions } from "../../commands/explain/explainOptions";
import { scale } from "../../commands/scale/scale";
import { parseScaleOptions } from "../../commands/scale/scaleOptions";
import { identitiesOf, type Dimension } from "../../commands/dimensions";
import { stackSettings } from "../../commands/stackSettings";
import { openCommandSandbox, testTerminal, type CommandSandbox } from "./commandSandbox";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

describe("commands on a stack of several pipelines", function () {
  this.timeout(60_000);
  let opened: CommandSandbox;

  before(async () => {
    const config = { "sluice:pipelines": { orders: {}, clicks: { shards: 12, restartSeconds: 30 } } };
    opened = await openCommandSandbox((index) => (index < 5 ? 4_000 : 7_000), config);
    await opened.sandbox.advance(20);
  });
  after(() => opened.close());

  const scaled = async (line: string) => {
    const terminal = testTerminal(() => opened.sandbox.advance(1));
    const options = parseScaleOptions([...line.split(" "), "--sandbox", opened.url]);
    if (options === "help") assert.fail("help");
    return { code: await scale(options, terminal, {}), text: terminal.text() };
  };
  const explained = async (...line: string[]) => {
    const terminal = testTerminal();
    const options = parseExplainOptions([...line, "--sandbox", opened.url]);
    if (options === "help") assert.fail("help");
    await explain(options, terminal, {});
    return terminal.text();
  };

  it("scale finds the stack by itself, and asks which pipeline is meant", async () => {
    await assert.rejects(scaled("stream --by 1"), (error: Error) => {
      assert.ok(isCommandError(error));
      assert.equal(error.message, "Stack dev has several pipelines; say which:\n  --pipeline clicks\n  --pipeline orders");
      return true;
    });
  });

  it("scale changes the pipeline that is named, and no other", async () => {
    const { openShards: before } = opened.sandbox.cloud.kinesis.look("sluice-dev-orders")!;
    const { code, text } = await scaled("stream --to 14 --pipeline clicks --yes");
    assert.equal(code, 0, text);
    assert.match(text, /^Stack dev, account 123456789012/);
    assert.match(text, /Stream sluice-dev-clicks: 12 shards, 1 to 64 allowed/);
    assert.match(text, /10 of the day's 10 updates are left/);
    assert.equal(opened.sandbox.cloud.kinesis.look("sluice-dev-clicks")!.openShards, 14);
    assert.equal(opened.sandbox.cloud.kinesis.look("sluice-dev-orders")!.openShards, before);
  });

  it("scale says that there is none of that name, and which there are", async () => {
    await assert.rejects(
      scaled("stream --by 1 --pipeline nobody"),
      /There is no scalable dimension "dev-nobody-stream".*dev-clicks, dev-orders/,
    );
  });

  it("explain tells of all pipelines, or of one", async () => {
    const all = await explained();
    assert.match(all, /orders-stream +8 -> \d+ shards +done/);
    assert.match(all, /clicks-flink +\d+ -> \d+ KPUs/);
    const one = await explained("--pipeline", "clicks");
    assert.doesNotMatch(one, /orders-/);
    assert.match(one, /clicks-stream/);
  });

  it("read what the pipeline's own keys say", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-settings-"));
    fs.writeFileSync(
      path.join(folder, "Pulumi.yaml"),
      "name: sluice\nconfig:\n  restartSeconds: { type: integer, default: 60 }\n",
    );
    const entries = "{ orders: { restartSeconds: 120 }, clicks: {}, broken: null }";
    fs.writeFileSync(
      path.join(folder, "Pulumi.prod.yaml"),
      `config:\n  sluice:restartSeconds: 90\n  sluice:pipelines: ${entries}\n`,
    );
    const of = (pipeline?: string) => stackSettings("prod", pipeline, folder).restartSeconds;
    assert.deepEqual([of("orders"), of("clicks"), of("broken"), of()], [120, 90, 90, 90]);
    fs.rmSync(folder, { recursive: true });
  });

  it("never take another stack's pipeline for one of theirs", () => {
    const dimensions = ["dev-stream", "dev-flink", "dev-orders-stream"].map((id): Dimension => ({
      id,
      resourceId: id,
      suspended: [],
    }));
    assert.deepEqual(identitiesOf("dev", undefined, dimensions), ["dev"]);
    assert.deepEqual(identitiesOf("dev", "orders", dimensions), ["dev-orders"]);
    assert.deepEqual(identitiesOf("dev", undefined, dimensions.slice(2)), ["dev-orders"]);
    assert.deepEqual(identitiesOf("prod", undefined, dimensions), ["prod"]);
  });
});
