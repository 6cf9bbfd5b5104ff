import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { scalerFactory } from "../../scaler/lambda";

const root = path.join(__dirname, "..", "..");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("the fast compiler of npm start", () => {
  it("gives the scaler the same text, to the letter, as TypeScript under ts-node, which pulumi up uses", async () => {
    const { text } = await pulumi.runtime.serializeFunction(scalerFactory, { isFactoryFunction: true });
    const program = `
      const pulumi = require("@pulumi/pulumi");
      const { scalerFactory } = require("./scaler/lambda.ts");
      pulumi.runtime.serializeFunction(scalerFactory, { isFactoryFunction: true }).then(({ text }) => process.stdout.write(text));`;
    const fast = execFileSync(process.execPath, ["-r", "./sandbox/register.js", "-e", program], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1e7,
    });
    assert.equal(sha256(fast), sha256(text));
  }).timeout(60_000);
});
