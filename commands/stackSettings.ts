import * as fs from "node:fs";
import * as path from "node:path";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { projectFolder } from "./place";

/** What a command takes from a stack's configuration. */
export interface StackSettings {
  /** How long a rescale stops the application. */
  restartSeconds: number;
}

/** From Pulumi.yaml and Pulumi.<stack>.yaml; Pulumi.yaml's default for a stack whose file isn't here. */
export function stackSettings(stack: string, folder = projectFolder): StackSettings {
  const known = fs.existsSync(path.join(folder, `Pulumi.${stack}.yaml`));
  const seconds = known ? Number(readStackFiles(folder, stack).config["sluice:restartSeconds"]) : NaN;
  return { restartSeconds: Number.isFinite(seconds) ? seconds : 60 };
}
