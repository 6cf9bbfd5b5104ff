import { pipelineWords, type ScalingWords } from "../../components/words/pipelineWords";
import { decoded, isLeftOut, isObject } from "../../config/keys";
import { sections, type Row } from "../../config/table";
import { stackConfigs, type StackConfig } from "../../sandbox/deploy/deploy";
import { withCode } from "../../sandbox/deploy/standInCode";
import { holdsSecret, together, type StackFiles, type StackLayers } from "../../sandbox/deploy/stackFiles";
import { commandError } from "../commandError";
import { plainFiles, withoutSecrets } from "./secrets";

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

export interface EffectivePipeline {
  /** Undefined: the stack is one pipeline. */
  name?: string;
  /** As in Pulumi.yaml. */
  sections: { title: string; keys: EffectiveKey[] }[];
  scaling: ScalingWords;
}

export interface EffectiveStack {
  stack: string;
  region: string;
  pipelines: EffectivePipeline[];
  /** What else a reader must know. */
  notes: string[];
}

/**
 * A stack as its files say it, read and checked as `npm start` does.
 * @param environment names the region where the files don't.
 * @throws StackError for files that can't be read; CommandError that lists every problem with the values.
 */
export function effectiveStack(layers: StackLayers, environment: NodeJS.ProcessEnv): EffectiveStack {
  const { files, secret } = plainFiles(together(layers));
  const configs = checked(files, secret, environment);
  return {
    stack: layers.stack,
    region: configs[0]?.region ?? "",
    pipelines: configs.map((settings) => effectivePipeline(layers, files, settings)),
    notes: [
      ...secret.map((key) => `${key} is encrypted, wholly or in parts: what follows is as if it were not set.`),
      ...(withCode(files) === files ? [] : [codeWords]),
    ],
  };
}

const codeWords =
  "No code is named: npm start needs none; for pulumi up set codeJar, or codeBucket and codeKey, or existingApplication.";

function checked(files: StackFiles, secret: readonly string[], environment: NodeJS.ProcessEnv): StackConfig[] {
  try {
    return stackConfigs(files, environment);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ConfigError") throw error;
    const unread = secret.length === 0 ? "" : `\nEncrypted values count as not set here: ${secret.join(", ")}.`;
    throw commandError(error.message + unread);
  }
}

/** @param files what of the layers is not encrypted. */
function effectivePipeline(layers: StackLayers, files: StackFiles, settings: StackConfig): EffectivePipeline {
  const name = settings.pipeline || undefined;
  const { project, config } = together(layers);
  const several = `${project}:pipelines`;
  const own = entryOf(config[several], name);
  const { values } = decoded({ ...ownKeys(files), ...entryOf(files.config[several], name) });
  const effective = ([key, row]: [string, Row]): EffectiveKey => {
    const full = `${project}:${key}`;
    const isOwn = Object.hasOwn(own, key);
    const given = isOwn ? own[key] : config[full];
    return {
      key,
      value: holdsSecret(given) && key !== "pipelines" ? withoutSecrets(given) : valueOf(values[key], row, settings),
      from: isOwn ? `${sourceOf(layers, several, {})}, pipelines.${name}` : sourceOf(layers, full, row.fallback),
      fallback: isLeftOut(row.fallback, row.fallback) ? undefined : row.fallback,
    };
  };
  return {
    name,
    sections: sections.map(([title, rows]) => ({ title, keys: Object.entries(rows).map(effective) })),
    scaling: pipelineWords(settings),
  };
}

/** The keys that a pipeline has of its own. */
function entryOf(pipelines: unknown, name: string | undefined): Record<string, unknown> {
  const own = name !== undefined && isObject(pipelines) ? pipelines[name] : undefined;
  return isObject(own) ? own : {};
}

/** The program's keys, without its name. */
function ownKeys({ project, config }: StackFiles): Record<string, unknown> {
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), value]));
}

/**
 * A key's value; where it is left out, what the pipeline makes of that: a stream has a name all the same. But what both dimensions have
 * is theirs, and code that stands in for a job's is none. Of several pipelines the names: they are told by themselves.
 */
function valueOf(value: unknown, { to, fallback }: Row, settings: StackConfig): unknown {
  if (to.length === 0) return isObject(value) && Object.keys(value).length > 0 ? Object.keys(value) : undefined;
  if (!isLeftOut(value, fallback)) return value;
  const [path = "", ...more] = to;
  if (more.length > 0 || path === "application.codeJar") return undefined;
  return path.split(".").reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], settings);
}

function sourceOf({ stackFile, ofProject, ofStack }: StackLayers, key: string, fallback: unknown): string {
  if (Object.hasOwn(ofStack, key)) return stackFile;
  const differs = Object.hasOwn(ofProject, key) && JSON.stringify(ofProject[key]) !== JSON.stringify(fallback);
  return differs ? "Pulumi.yaml" : "default";
}
