import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";
import { generated } from "../../scripts/configuration";

const root = path.join(__dirname, "..", "..");

describe("what says the same as config/table.ts", () => {
  for (const [file, write] of Object.entries(generated))
    it(`is up to date: ${file} (written by npm run config)`, () => {
      const text = fs.readFileSync(path.join(root, file), "utf8");
      assert.equal(text, write(text));
    });
});
