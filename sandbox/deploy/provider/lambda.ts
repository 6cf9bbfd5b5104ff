import { partitionOf } from "../../../components/partition";
import type { Shape } from "../../core/cloud";
import { defined, type Handlers, type Properties } from "./handler";

export const lambdaHandlers: Handlers = {
  "aws:lambda/function:Function": {
    async create(deployer, name, inputs) {
      const FunctionName = deployer.physicalName(name, inputs.name);
      const created = await deployer.call("lambda", "CreateFunction", {
        FunctionName,
        ...(await functionShape(inputs)),
        Code: { files: await archiveFiles(inputs.code) },
      });
      const arn: string = created.FunctionArn;
      return {
        id: FunctionName,
        state: { ...inputs, name: FunctionName, arn, qualifiedArn: `${arn}:$LATEST`, invokeArn: invokeArn(deployer.region, arn) },
      };
    },
    async update(deployer, id, state, inputs) {
      const { Architectures, ReservedConcurrentExecutions, ...configuration } = await functionShape(inputs);
      const Code = { files: await archiveFiles(inputs.code) };
      await deployer.call("lambda", "UpdateFunctionCode", defined({ FunctionName: id, Code, Architectures }));
      const left = state.vpcConfig && !inputs.vpcConfig ? { VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } } : {};
      await deployer.call("lambda", "UpdateFunctionConfiguration", { FunctionName: id, ...configuration, ...left });
      if (ReservedConcurrentExecutions !== undefined)
        await deployer.call("lambda", "PutFunctionConcurrency", { FunctionName: id, ReservedConcurrentExecutions });
      return { ...state, ...inputs };
    },
    async delete(deployer, id) {
      await deployer.call("lambda", "DeleteFunction", { FunctionName: id });
    },
    replaceOn: ["name"],
  },
  "aws:lambda/permission:Permission": {
    async create(deployer, name, inputs) {
      const StatementId = deployer.physicalName(name, inputs.statementId);
      await deployer.call(
        "lambda",
        "AddPermission",
        defined({
          FunctionName: inputs.function,
          StatementId,
          Action: inputs.action,
          Principal: inputs.principal,
          SourceArn: inputs.sourceArn,
          SourceAccount: inputs.sourceAccount,
        }),
      );
      return { id: StatementId, state: { ...inputs, statementId: StatementId } };
    },
    async delete(deployer, id, state) {
      await deployer.call("lambda", "RemovePermission", { FunctionName: state.function, StatementId: id });
    },
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    async create(deployer, _name, inputs) {
      await deployer.call("lambda", "PutFunctionEventInvokeConfig", eventInvokeConfig(inputs));
      return { id: inputs.functionName, state: inputs };
    },
    async update(deployer, _id, _state, inputs) {
      await deployer.call("lambda", "PutFunctionEventInvokeConfig", eventInvokeConfig(inputs));
      return inputs;
    },
    replaceOn: ["functionName"],
  },
};

/**
 * The files of the archive that Pulumi would upload: path -> text.
 * @throws Error when the archive holds anything but text assets: the scaler's package is one file of text.
 */
export async function archiveFiles(code: Shape): Promise<Record<string, string>> {
  const assets = (await (await code).assets) as Record<string, Shape>;
  const files: Record<string, string> = {};
  for (const [file, asset] of Object.entries(assets)) {
    const text = await (await asset).text;
    if (typeof text !== "string")
      throw new Error(`The Lambda package holds "${file}", which isn't a text asset; the sandbox runs text only.`);
    files[file] = text;
  }
  return files;
}

async function functionShape(inputs: Properties): Promise<Shape> {
  return defined({
    Runtime: inputs.runtime,
    Role: inputs.role,
    Handler: inputs.handler,
    Timeout: inputs.timeout,
    MemorySize: inputs.memorySize,
    Environment: inputs.environment && { Variables: inputs.environment.variables },
    Architectures: inputs.architectures,
    LoggingConfig:
      inputs.loggingConfig &&
      defined({
        LogFormat: inputs.loggingConfig.logFormat,
        LogGroup: inputs.loggingConfig.logGroup,
      }),
    VpcConfig: inputs.vpcConfig && {
      SubnetIds: inputs.vpcConfig.subnetIds,
      SecurityGroupIds: inputs.vpcConfig.securityGroupIds,
    },
    ReservedConcurrentExecutions: inputs.reservedConcurrentExecutions,
  });
}

function eventInvokeConfig(inputs: Properties): Shape {
  return {
    FunctionName: inputs.functionName,
    MaximumRetryAttempts: inputs.maximumRetryAttempts,
    MaximumEventAgeInSeconds: inputs.maximumEventAgeInSeconds,
  };
}

function invokeArn(region: string, functionArn: string): string {
  return `arn:${partitionOf(region).name}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}
