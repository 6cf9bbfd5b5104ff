/**
 * Calls of the program's deployment that moto 5.2.5 answers with an error. Each stands in docs/fidelity.md; one that works by now fails
 * the test, like one that isn't listed.
 */
export const motoExceptions: Readonly<Record<string, RegExp>> = {
  // moto implements creating, describing and listing of applications, not running them.
  "kinesisanalytics StartApplication": /^500$/,
  // moto knows AWS's managed policies by a list of its own.
  "iam AttachRolePolicy": /^NoSuchEntity$/,
};

/** Services whose calls are made in shapes of the sandbox's own or need ids that the other cloud gave: not replayed. */
export const notReplayed: Readonly<Record<string, string>> = {
  apigateway: "ids of the API, its resources and deployments are the sandbox's",
  lambda: "the code is handed over as files, not as a zip archive",
  s3: "settings of a bucket are kept as Pulumi has them",
};
