import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("the fast compiler of npm start", () => {
  it("gives the scaler the same text, to the letter, as TypeScript under ts-node, which pulumi up uses", () => {
    const [fast, slow] = ["./sandbox/register.js", "ts-node/register/transpile-only"].map((compiler) =>
      execFileSync(process.execPath, ["-r", compiler, "tests/support/printScalerText.ts"], {
        cwd: root,
        encoding: "utf8",
        maxBuffer: 1e7,
      }),
    );
    assert.ok(fast?.includes("UpdateShardCount"));
    assert.equal(sha256(fast!), sha256(slow!));
  }).timeout(60_000);
});
