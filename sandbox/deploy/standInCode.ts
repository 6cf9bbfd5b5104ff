import { isObject } from "../../config/keys";
import type { StackFiles } from "./stackFiles";

const codeKeys = ["codeJar", "codeBucket", "codeKey", "existingApplication"];
const standIn = { codeJar: "the-model.jar" };

/**
 * The stack, with a jar's name where it, or one of its pipelines, names no code: `pulumi up` needs the job's, here a model runs in its
 * place and no jar is opened. The files themselves where nothing is missing.
 */
export function withCode(files: StackFiles): StackFiles {
  const { project, config } = files;
  if (codeKeys.some((key) => config[`${project}:${key}`])) return files;
  const key = `${project}:pipelines`;
  const pipelines = config[key];
  if (!isObject(pipelines) || Object.keys(pipelines).length === 0)
    return { ...files, config: { ...config, [`${project}:codeJar`]: standIn.codeJar } };
  const without = Object.entries(pipelines).filter(([, own]) => isObject(own) && !codeKeys.some((name) => own[name]));
  if (without.length === 0) return files;
  const added = without.map(([name, own]) => [name, { ...(own as object), ...standIn }] as const);
  return { ...files, config: { ...config, [key]: { ...pipelines, ...Object.fromEntries(added) } } };
}
