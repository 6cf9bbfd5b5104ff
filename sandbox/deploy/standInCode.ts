import type { StackFiles } from "./stackFiles";

const codeKeys = ["codeJar", "codeBucket", "codeKey", "existingApplication"];

/**
 * The stack, with a jar's name where it names no code: `pulumi up` needs the job's, here a model runs in its place and no jar is opened.
 */
export function withCode(files: StackFiles): StackFiles {
  const { project, config } = files;
  if (codeKeys.some((key) => config[`${project}:${key}`])) return files;
  return { ...files, config: { ...config, [`${project}:codeJar`]: "the-model.jar" } };
}
