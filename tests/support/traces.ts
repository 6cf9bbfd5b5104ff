import { existsSync } from "node:fs";
import { join } from "node:path";

const traceFolder = process.env["SLUICE_TRACES"] ?? "";

/** Path of a recorded trace, or undefined where the recordings are not at hand. `SLUICE_TRACES` names their folder. */
export function tracePath(name: string): string | undefined {
  const path = join(traceFolder, name);
  return traceFolder !== "" && existsSync(path) ? path : undefined;
}

/**
 * A suite that needs recorded traces. Without them it is skipped, and says so; where CI=true it fails.
 * @param names files of the trace folder. @param suite gets their paths in the same order.
 */
export function describeWithTraces(title: string, names: readonly string[], suite: (...paths: string[]) => void): void {
  const missing = names.filter((name) => tracePath(name) === undefined);
  if (missing.length === 0) {
    describe(title, () => suite(...names.map((name) => join(traceFolder, name))));
    return;
  }
  const reason = `no ${missing.join(", ")} in ${traceFolder || "any folder"}; set SLUICE_TRACES to the folder of the recorded traces`;
  describe(title, () => {
    it(`needs recorded traces: ${reason}`, function () {
      if (process.env["CI"] === "true") throw new Error(reason);
      this.skip();
    });
  });
}
