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
export function stackSettings(stack: string, pipeline?: string, folder = projectFolder): StackSettings {
  const known = fs.existsSync(path.join(folder, `Pulumi.${stack}.yaml`));
  const config: Record<string, unknown> = known ? readStackFiles(folder, stack).config : {};
  const pipelines = config["sluice:pipelines"] as Record<string, Record<string, unknown> | null> | undefined;
  const seconds = Number(pipelines?.[pipeline ?? ""]?.["restartSeconds"] ?? config["sluice:restartSeconds"]);
  return { restartSeconds: Number.isFinite(seconds) ? seconds : 60 };
}
