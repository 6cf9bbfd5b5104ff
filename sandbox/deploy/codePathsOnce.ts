import type { runtime } from "@pulumi/pulumi";

type CodePaths = (options?: runtime.CodePathOptions) => ReturnType<typeof runtime.computeCodePaths>;

/**
 * Pulumi's look for the packages that go into a Lambda, once for the same question: it reads the whole of node_modules, which is a
 * third of a deployment's time.
 */
export function codePathsOnce(compute: CodePaths): CodePaths {
  const results = new Map<string, ReturnType<CodePaths>>();
  return async (options = {}) => {
    const { logResource: _logResource, ...asked } = options;
    const key = JSON.stringify([process.cwd(), asked]);
    const known = results.get(key) ?? compute(options);
    results.set(key, known);
    return new Map(await known);
  };
}
