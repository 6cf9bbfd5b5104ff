/**
 * Calls of the program's deployment that moto 5.2.5 answers with an error, and why: rows of docs/fidelity-rules.md. One that works by now
 * fails the test, like one that isn't listed.
 */
export const motoExceptions: Readonly<Record<string, { error: RegExp; why: string }>> = {
  "iam AttachRolePolicy": { error: /^NoSuchEntity$/, why: "moto knows only part of AWS's managed policies" },
};

/** Services whose calls are made in shapes of the sandbox's own or need ids that the other cloud gave: not replayed. */
export const notReplayed: Readonly<Record<string, string>> = {
  apigateway: "the ids in later calls are those that the sandbox gave",
  lambda: "the provider hands the code over as files, the API takes a zip archive",
  s3: "the sandbox keeps settings of buckets as Pulumi has them",
};
