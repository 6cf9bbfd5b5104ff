import { members, type ModelledInputs } from "../../core/modelled";

const fn = { FunctionName: "ownArn" } as const;
const unqualified = { ...fn, Qualifier: ["$LATEST"] } as const;
const resource = { Resource: "ownArn" } as const;
const configuration = {
  ...members("Runtime", "Role", "Handler", "Description", "Timeout", "MemorySize"),
  Environment: members("Variables"),
  LoggingConfig: members("LogFormat", "LogGroup"),
  VpcConfig: members("SubnetIds", "SecurityGroupIds"),
  TracingConfig: { Mode: ["PassThrough"] },
  EphemeralStorage: { Size: [512] },
} as const;
const eventInvoke = {
  ...unqualified,
  ...members("MaximumRetryAttempts", "MaximumEventAgeInSeconds"),
  DestinationConfig: { OnFailure: members("Destination") },
};

/** What is modelled of each operation's input. Code is the sandbox's own: files by path, as the program's package has them. */
export const inputs: ModelledInputs = {
  AddPermission: { ...fn, ...members("StatementId", "Action", "Principal", "SourceArn", "SourceAccount") },
  CreateFunction: {
    ...fn,
    ...configuration,
    ...members("Architectures", "Tags", "ReservedConcurrentExecutions"),
    Code: members("files"),
    Publish: [false],
    PackageType: ["Zip"],
  },
  DeleteFunction: fn,
  DeleteFunctionConcurrency: fn,
  DeleteFunctionEventInvokeConfig: unqualified,
  GetFunction: unqualified,
  GetFunctionConfiguration: unqualified,
  GetFunctionEventInvokeConfig: unqualified,
  GetPolicy: fn,
  Invoke: { ...unqualified, ...members("InvocationType", "Payload"), LogType: ["None"] },
  ListFunctions: {},
  ListTags: resource,
  PutFunctionConcurrency: { ...fn, ...members("ReservedConcurrentExecutions") },
  PutFunctionEventInvokeConfig: eventInvoke,
  RemovePermission: { ...fn, ...members("StatementId") },
  TagResource: { ...resource, ...members("Tags") },
  UntagResource: { ...resource, ...members("TagKeys") },
  UpdateFunctionCode: { ...fn, ...members("Architectures"), Code: members("files"), Publish: [false] },
  UpdateFunctionConfiguration: { ...fn, ...configuration },
  UpdateFunctionEventInvokeConfig: eventInvoke,
};
