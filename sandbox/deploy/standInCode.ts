import { pipelinesIn, type StackFiles } from "./stackFiles";

const standIn = "the-model.jar";
const codeKeys = ["codeJar", "codeBucket", "codeKey", "existingApplication"];

/**
 * The stack, with a jar's name where it names no code: `pulumi up` needs the job's, here a model runs in its place and no jar is opened.
 */
export function withCode(files: StackFiles): StackFiles {
  const { project, config } = files;
  if (codeKeys.some((key) => config[`${project}:${key}`])) return files;
  const pipelines = pipelinesIn(files);
  if (pipelines.length === 0) return { ...files, config: { ...config, [`${project}:codeJar`]: standIn } };
  const coded = pipelines.map(([name, own]) => [
    name,
    own && !codeKeys.some((key) => own[key]) ? { ...own, codeJar: standIn } : own,
  ]);
  return { ...files, config: { ...config, [`${project}:pipelines`]: Object.fromEntries(coded) as object } };
}
