import { pipelineWords, type ScalingWords } from "../../components/words/pipelineWords";
import { decoded, isLeftOut } from "../../config/keys";
import { sections, type Row } from "../../config/table";
import { stackConfig, type StackConfig } from "../../sandbox/deploy/deploy";
import { withCode } from "../../sandbox/deploy/standInCode";
import { readStackLayers, together, type StackFiles, type StackLayers } from "../../sandbox/deploy/stackFiles";
import { commandError } from "../commandError";
import { holdsSecret, withoutSecrets } from "./secrets";

/** A key of the configuration, and the value that counts. */
export interface EffectiveKey {
  key: string;
  /** Undefined: none. */
  value: unknown;
  /** "default", or the file that says it. */
  from: string;
  /** Undefined: none. */
  fallback: unknown;
}

export interface EffectiveStack {
  stack: string;
  region: string;
  /** As in Pulumi.yaml. */
  sections: { title: string; keys: EffectiveKey[] }[];
  scaling: ScalingWords;
  /** What else a reader must know. */
  notes: string[];
}

/**
 * A stack as its files say it, read and checked as `npm start` does.
 * @param environment names the region where the files don't.
 * @throws StackError for files that can't be read; CommandError that lists every problem with the values.
 */
export function effectiveStack(folder: string, stack: string, environment: NodeJS.ProcessEnv): EffectiveStack {
  const layers = readStackLayers(folder, stack);
  const { project, config } = together(layers);
  const all = Object.entries(config);
  const secret = all.filter(([key, value]) => key.startsWith(`${project}:`) && holdsSecret(value)).map(([key]) => key);
  const files = { project, stack, config: Object.fromEntries(all.filter(([key]) => !secret.includes(key))) };
  const settings = settingsOf(files, secret, environment);
  const { values } = decoded(ownKeys(files));
  const effective = ([key, { to, fallback }]: [string, Row]): EffectiveKey => {
    const full = `${project}:${key}`;
    const given = secret.includes(full) ? withoutSecrets(config[full]) : values[key];
    return {
      key,
      value: isLeftOut(given, fallback) ? argument(files, settings, to) : given,
      from: sourceOf(layers, full, fallback),
      fallback: isLeftOut(fallback, fallback) ? undefined : fallback,
    };
  };
  return {
    stack,
    region: settings.region,
    sections: sections.map(([title, rows]) => ({ title, keys: Object.entries(rows).map(effective) })),
    scaling: pipelineWords(settings),
    notes: [
      ...secret.map((key) => `${key} is encrypted, wholly or in parts: what follows is as if it were not set.`),
      ...(withCode(files) === files ? [] : [codeWords]),
    ],
  };
}

const codeWords =
  "The stack names no code: npm start needs none; for pulumi up set codeJar, or codeBucket and codeKey, or existingApplication.";

function settingsOf(files: StackFiles, secret: readonly string[], environment: NodeJS.ProcessEnv): StackConfig {
  try {
    return stackConfig(files, environment);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ConfigError") throw error;
    const unread = secret.length === 0 ? "" : `\nEncrypted values count as not set here: ${secret.join(", ")}.`;
    throw commandError(error.message + unread);
  }
}

/** The program's own keys, without its name. */
function ownKeys({ project, config }: StackFiles): Record<string, unknown> {
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), value]));
}

/**
 * What the pipeline makes of a key that is left out: a stream has a name all the same. But what both dimensions have is theirs, and code
 * that stands in for a job's is none.
 */
function argument(files: StackFiles, settings: StackConfig, [path = "", ...more]: readonly string[]): unknown {
  if (more.length > 0) return undefined;
  if (path === "application.codeJar" && withCode(files) !== files) return undefined;
  return path.split(".").reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], settings);
}

function sourceOf({ stack, ofProject, ofStack }: StackLayers, key: string, fallback: unknown): string {
  if (Object.hasOwn(ofStack, key)) return `Pulumi.${stack}.yaml`;
  const differs = Object.hasOwn(ofProject, key) && JSON.stringify(ofProject[key]) !== JSON.stringify(fallback);
  return differs ? "Pulumi.yaml" : "default";
}
