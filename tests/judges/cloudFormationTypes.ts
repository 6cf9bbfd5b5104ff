import { pascalCase } from "../../sandbox/deploy/provider/handler";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- inputs of resources of all types
export type Inputs = Record<string, any>;

/** The inputs of the resources of a type ("s3/bucketPolicy") that have these among them. */
export interface Others {
  of(type: string, having: Inputs): Inputs[];
}

/** A resource of Pulumi as one of CloudFormation, from its inputs, its state and the resources that are part of it there. */
type Translate = (inputs: Inputs, state: Inputs, others: Others) => [type: string, properties: Inputs];

const json = (text: string) => JSON.parse(text) as Inputs;
const pascal = (value: unknown) => (value === undefined ? undefined : (pascalCase(value) as Inputs));
const list = <T>(values: T[]) => (values.length > 0 ? values : undefined);

const ofMethod = ({ restApi, resourceId, httpMethod }: Inputs) => ({ restApi, resourceId, httpMethod }) as Inputs;
const ofTarget = ({ serviceNamespace, resourceId, scalableDimension }: Inputs) =>
  ({ serviceNamespace, resourceId, scalableDimension }) as Inputs;

/** By Pulumi's type; "with another": its settings are properties of what they set. */
export const types: Readonly<Record<string, Translate | "with another">> = {
  "apigateway/account": (inputs) => ["AWS::ApiGateway::Account", { CloudWatchRoleArn: inputs.cloudwatchRoleArn }],
  "apigateway/deployment": (inputs) => [
    "AWS::ApiGateway::Deployment",
    {
      RestApiId: inputs.restApi,
      Description: inputs.description,
    },
  ],
  "apigateway/integration": "with another",
  "apigateway/method": (inputs, _state, { of }) => [
    "AWS::ApiGateway::Method",
    {
      RestApiId: inputs.restApi,
      ResourceId: inputs.resourceId,
      HttpMethod: inputs.httpMethod,
      AuthorizationType: inputs.authorization,
      RequestParameters: inputs.requestParameters,
      Integration: of("apigateway/integration", ofMethod(inputs)).map(integration)[0],
    },
  ],
  "apigateway/methodSettings": "with another",
  "apigateway/resource": (inputs) => [
    "AWS::ApiGateway::Resource",
    {
      RestApiId: inputs.restApi,
      ParentId: inputs.parentId,
      PathPart: inputs.pathPart,
    },
  ],
  "apigateway/restApi": (inputs, state, { of }) => [
    "AWS::ApiGateway::RestApi",
    {
      Name: state.name,
      Description: inputs.description,
      EndpointConfiguration: { Types: [inputs.endpointConfiguration.types].flat() },
      Policy: of("apigateway/restApiPolicy", { restApiId: state.id }).map(({ policy }) => json(policy))[0],
    },
  ],
  "apigateway/restApiPolicy": "with another",
  "apigateway/stage": (inputs, _state, { of }) => [
    "AWS::ApiGateway::Stage",
    {
      RestApiId: inputs.restApi,
      DeploymentId: inputs.deployment,
      StageName: inputs.stageName,
      AccessLogSetting: { DestinationArn: inputs.accessLogSettings.destinationArn, Format: inputs.accessLogSettings.format },
      MethodSettings: of("apigateway/methodSettings", { restApi: inputs.restApi, stageName: inputs.stageName }).map(
        methodSetting,
      ),
    },
  ],
  "appautoscaling/policy": (inputs, state) => [
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    {
      PolicyName: state.name,
      PolicyType: inputs.policyType,
      ...pascal(ofTarget(inputs)),
      StepScalingPolicyConfiguration: stepScaling(inputs.stepScalingPolicyConfiguration),
      TargetTrackingScalingPolicyConfiguration: pascal(inputs.targetTrackingScalingPolicyConfiguration),
    },
  ],
  "appautoscaling/scheduledAction": "with another",
  "appautoscaling/target": (inputs, _state, { of }) => [
    "AWS::ApplicationAutoScaling::ScalableTarget",
    {
      ...pascal(ofTarget(inputs)),
      MinCapacity: inputs.minCapacity,
      MaxCapacity: inputs.maxCapacity,
      SuspendedState: pascal(inputs.suspendedState),
      ScheduledActions: list(of("appautoscaling/scheduledAction", ofTarget(inputs)).map(scheduledAction)),
    },
  ],
  "cloudwatch/dashboard": (inputs) => [
    "AWS::CloudWatch::Dashboard",
    {
      DashboardName: inputs.dashboardName,
      DashboardBody: inputs.dashboardBody,
    },
  ],
  "cloudwatch/eventRule": (inputs, state, { of }) => [
    "AWS::Events::Rule",
    {
      Name: state.name,
      Description: inputs.description,
      ScheduleExpression: inputs.scheduleExpression,
      Targets: of("cloudwatch/eventTarget", { rule: state.name }).map(({ arn, retryPolicy }, i) => ({
        Id: `target${i}`,
        Arn: arn,
        RetryPolicy: {
          MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
          MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
        },
      })),
    },
  ],
  "cloudwatch/eventTarget": "with another",
  "cloudwatch/logGroup": (inputs, state) => [
    "AWS::Logs::LogGroup",
    {
      LogGroupName: inputs.name ?? state.name,
      RetentionInDays: inputs.retentionInDays,
    },
  ],
  "cloudwatch/logStream": (inputs) => [
    "AWS::Logs::LogStream",
    {
      LogGroupName: inputs.logGroupName,
      LogStreamName: inputs.name,
    },
  ],
  "cloudwatch/metricAlarm": (inputs, state) => [
    "AWS::CloudWatch::Alarm",
    {
      AlarmName: state.name,
      ...pascal({ ...inputs, metricQueries: undefined, alarmActions: undefined, okActions: undefined, dimensions: undefined }),
      AlarmActions: inputs.alarmActions,
      OKActions: inputs.okActions,
      Dimensions: dimensions(inputs.dimensions),
      Metrics: inputs.metricQueries?.map(metricQuery),
    },
  ],
  "iam/policy": (inputs, state) => [
    "AWS::IAM::ManagedPolicy",
    {
      ManagedPolicyName: state.name,
      Description: inputs.description,
      PolicyDocument: json(inputs.policy),
    },
  ],
  "iam/role": (inputs, state, { of }) => [
    "AWS::IAM::Role",
    {
      RoleName: state.name,
      Description: inputs.description,
      AssumeRolePolicyDocument: json(inputs.assumeRolePolicy),
      ManagedPolicyArns: list(of("iam/rolePolicyAttachment", { role: state.name }).map(({ policyArn }) => policyArn as string)),
    },
  ],
  "iam/rolePolicy": (inputs, state) => [
    "AWS::IAM::RolePolicy",
    {
      RoleName: inputs.role,
      PolicyName: state.name,
      PolicyDocument: json(inputs.policy),
    },
  ],
  "iam/rolePolicyAttachment": "with another",
  "kinesis/stream": (inputs) => [
    "AWS::Kinesis::Stream",
    {
      Name: inputs.name,
      ShardCount: inputs.shardCount,
      RetentionPeriodHours: inputs.retentionPeriod,
      StreamEncryption: { EncryptionType: inputs.encryptionType, KeyId: inputs.kmsKeyId },
      StreamModeDetails: { StreamMode: inputs.streamModeDetails.streamMode },
      DesiredShardLevelMetrics: list(inputs.shardLevelMetrics),
    },
  ],
  "kinesisanalyticsv2/application": (inputs) => [
    "AWS::KinesisAnalyticsV2::Application",
    {
      ApplicationName: inputs.name,
      ApplicationMode: inputs.applicationMode,
      RuntimeEnvironment: inputs.runtimeEnvironment,
      ServiceExecutionRole: inputs.serviceExecutionRole,
      ApplicationConfiguration: applicationConfiguration(inputs.applicationConfiguration),
      RunConfiguration: pascal(inputs.applicationConfiguration.runConfiguration),
    },
  ],
  "kms/key": (inputs) => [
    "AWS::KMS::Key",
    {
      Description: inputs.description,
      EnableKeyRotation: inputs.enableKeyRotation,
      KeyPolicy: json(inputs.policy),
    },
  ],
  "lambda/function": (inputs, state) => [
    "AWS::Lambda::Function",
    {
      FunctionName: state.name,
      Description: inputs.description,
      // Pulumi uploads an archive.
      Code: inputs.code && { S3Bucket: "archive", S3Key: "archive.zip" },
      Runtime: inputs.runtime,
      Handler: inputs.handler,
      Role: inputs.role,
      Timeout: inputs.timeout,
      MemorySize: inputs.memorySize,
      Environment: { Variables: inputs.environment.variables },
      LoggingConfig: pascal(inputs.loggingConfig),
    },
  ],
  "lambda/functionEventInvokeConfig": (inputs) => [
    "AWS::Lambda::EventInvokeConfig",
    {
      FunctionName: inputs.functionName,
      Qualifier: "$LATEST",
      MaximumEventAgeInSeconds: inputs.maximumEventAgeInSeconds,
      MaximumRetryAttempts: inputs.maximumRetryAttempts,
    },
  ],
  "lambda/permission": (inputs) => [
    "AWS::Lambda::Permission",
    {
      FunctionName: inputs.function,
      Action: inputs.action,
      Principal: inputs.principal,
      SourceArn: inputs.sourceArn,
    },
  ],
  "s3/bucket": (_inputs, state, { of }) => [
    "AWS::S3::Bucket",
    {
      BucketName: state.id,
      PublicAccessBlockConfiguration: of("s3/bucketPublicAccessBlock", { bucket: state.id }).map(publicAccessBlock)[0],
      VersioningConfiguration: of("s3/bucketVersioning", { bucket: state.id }).map(({ versioningConfiguration }) => ({
        Status: versioningConfiguration.status,
      }))[0],
      BucketEncryption: of("s3/bucketServerSideEncryptionConfiguration", { bucket: state.id }).map(({ rules }) => ({
        ServerSideEncryptionConfiguration: rules.map((rule: Inputs) => ({
          ServerSideEncryptionByDefault: { SSEAlgorithm: rule.applyServerSideEncryptionByDefault.sseAlgorithm },
        })),
      }))[0],
    },
  ],
  "s3/bucketPolicy": (inputs) => ["AWS::S3::BucketPolicy", { Bucket: inputs.bucket, PolicyDocument: json(inputs.policy) }],
  "s3/bucketPublicAccessBlock": "with another",
  "s3/bucketServerSideEncryptionConfiguration": "with another",
  "s3/bucketVersioning": "with another",
  "sns/topic": (inputs, state) => [
    "AWS::SNS::Topic",
    {
      TopicName: state.name,
      DisplayName: inputs.displayName,
      KmsMasterKeyId: inputs.kmsMasterKeyId,
    },
  ],
  "sns/topicPolicy": (inputs) => [
    "AWS::SNS::TopicPolicy",
    {
      Topics: [inputs.arn],
      PolicyDocument: json(inputs.policy),
    },
  ],
  "sns/topicSubscription": (inputs) => [
    "AWS::SNS::Subscription",
    {
      TopicArn: inputs.topic,
      Protocol: inputs.protocol,
      Endpoint: inputs.endpoint,
    },
  ],
  "ssm/parameter": (inputs) => [
    "AWS::SSM::Parameter",
    {
      Name: inputs.name,
      Type: inputs.type,
      Value: inputs.value,
      Description: inputs.description,
    },
  ],
};

function integration(inputs: Inputs): Inputs {
  return { Type: inputs.type, IntegrationHttpMethod: inputs.integrationHttpMethod, Uri: inputs.uri };
}

function methodSetting({ methodPath, settings }: Inputs): Inputs {
  const [ResourcePath, HttpMethod] = (methodPath as string).split("/");
  return { ResourcePath: `/${ResourcePath}`, HttpMethod, ...pascal(settings) };
}

function stepScaling(configuration: Inputs | undefined): Inputs | undefined {
  if (!configuration) return undefined;
  const bound = (value: unknown) => (value === undefined ? undefined : Number(value));
  const steps = (configuration.stepAdjustments as Inputs[]).map((step) => ({
    MetricIntervalLowerBound: bound(step.metricIntervalLowerBound),
    MetricIntervalUpperBound: bound(step.metricIntervalUpperBound),
    ScalingAdjustment: step.scalingAdjustment as number,
  }));
  return { ...pascal({ ...configuration, stepAdjustments: undefined }), StepAdjustments: steps };
}

function scheduledAction({ schedule, timezone, scalableTargetAction }: Inputs, i: number): Inputs {
  const action = pascal(scalableTargetAction);
  return { ScheduledActionName: `action${i}`, Schedule: schedule, Timezone: timezone, ScalableTargetAction: action };
}

const dimensions = (of: Record<string, string> | undefined) => of && Object.entries(of).map(([Name, Value]) => ({ Name, Value }));

function metricQuery({ metric, ...query }: Inputs): Inputs {
  if (!metric) return pascal(query)!;
  const { namespace, metricName, period, stat, unit } = metric;
  const Metric = { Namespace: namespace, MetricName: metricName, Dimensions: dimensions(metric.dimensions) };
  return { ...pascal(query), MetricStat: { Metric, Period: period, Stat: stat, Unit: unit } };
}

/** CloudFormation spells ARN and KPU in capitals, and has lists where Pulumi has one. */
function applicationConfiguration({ runConfiguration: _run, vpcConfiguration, environmentProperties, ...rest }: Inputs): Inputs {
  const groups = environmentProperties?.propertyGroups as Inputs[] | undefined;
  const shape = JSON.parse(
    JSON.stringify(pascal(rest)).replaceAll('BucketArn"', 'BucketARN"').replaceAll('PerKpu"', 'PerKPU"'),
  ) as Inputs;
  return {
    ...shape,
    EnvironmentProperties: groups && {
      PropertyGroups: groups.map(({ propertyGroupId, propertyMap }) => ({
        PropertyGroupId: propertyGroupId as string,
        PropertyMap: propertyMap as Inputs,
      })),
    },
    VpcConfigurations: vpcConfiguration && [pascal(vpcConfiguration)],
  };
}

function publicAccessBlock({ blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets }: Inputs): Inputs {
  return {
    BlockPublicAcls: blockPublicAcls,
    BlockPublicPolicy: blockPublicPolicy,
    IgnorePublicAcls: ignorePublicAcls,
    RestrictPublicBuckets: restrictPublicBuckets,
  };
}
