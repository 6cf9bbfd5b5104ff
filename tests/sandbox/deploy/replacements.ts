/** What replaces a resource, for each type that the program makes. */
export interface Replacement {
  type: string;
  /** Inputs whose change replaces it; the others are changed in place. */
  by: readonly string[] | "everything";
  /** Where the provider says so (ForceNew in the schema), below internal/service/. */
  source: string;
}

export const replacements: readonly Replacement[] = [
  { type: "aws:kinesis/stream:Stream", by: ["name"], source: "kinesis/stream.go" },
  {
    type: "aws:kinesisanalyticsv2/application:Application",
    by: ["applicationMode", "description", "name"],
    source: "kinesisanalyticsv2/application.go",
  },
  {
    type: "aws:appautoscaling/target:Target",
    by: ["resourceId", "scalableDimension", "serviceNamespace"],
    source: "appautoscaling/target.go",
  },
  {
    type: "aws:appautoscaling/policy:Policy",
    by: ["name", "resourceId", "scalableDimension", "serviceNamespace"],
    source: "appautoscaling/policy.go",
  },
  {
    type: "aws:appautoscaling/scheduledAction:ScheduledAction",
    by: ["name", "resourceId", "scalableDimension", "serviceNamespace"],
    source: "appautoscaling/scheduled_action.go",
  },
  { type: "aws:apigateway/deployment:Deployment", by: ["restApi", "triggers"], source: "apigateway/deployment.go" },
  {
    type: "aws:apigateway/integration:Integration",
    by: ["httpMethod", "integrationHttpMethod", "resourceId", "restApi", "type"],
    source: "apigateway/integration.go",
  },
  { type: "aws:apigateway/method:Method", by: ["httpMethod", "resourceId", "restApi"], source: "apigateway/method.go" },
  {
    type: "aws:apigateway/methodSettings:MethodSettings",
    by: ["methodPath", "restApi", "stageName"],
    source: "apigateway/method_settings.go",
  },
  { type: "aws:apigateway/resource:Resource", by: ["restApi"], source: "apigateway/resource.go" },
  { type: "aws:apigateway/restApiPolicy:RestApiPolicy", by: ["restApiId"], source: "apigateway/rest_api_policy.go" },
  { type: "aws:apigateway/stage:Stage", by: ["restApi", "stageName"], source: "apigateway/stage.go" },
  { type: "aws:cloudwatch/dashboard:Dashboard", by: ["dashboardName"], source: "cloudwatch/dashboard.go" },
  { type: "aws:cloudwatch/metricAlarm:MetricAlarm", by: ["name"], source: "cloudwatch/metric_alarm.go" },
  { type: "aws:cloudwatch/eventRule:EventRule", by: ["eventBusName", "name"], source: "events/rule.go" },
  { type: "aws:cloudwatch/eventTarget:EventTarget", by: ["eventBusName", "rule", "targetId"], source: "events/target.go" },
  { type: "aws:iam/policy:Policy", by: ["description", "name", "path"], source: "iam/policy.go" },
  { type: "aws:iam/role:Role", by: ["name", "path"], source: "iam/role.go" },
  { type: "aws:iam/rolePolicy:RolePolicy", by: ["name", "role"], source: "iam/role_policy.go" },
  { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", by: "everything", source: "iam/role_policy_attachment.go" },
  { type: "aws:lambda/function:Function", by: ["name"], source: "lambda/function.go" },
  {
    type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    by: ["functionName"],
    source: "lambda/function_event_invoke_config.go",
  },
  { type: "aws:lambda/permission:Permission", by: "everything", source: "lambda/permission.go" },
  { type: "aws:cloudwatch/logGroup:LogGroup", by: ["name"], source: "logs/group.go" },
  { type: "aws:s3/bucket:Bucket", by: ["bucket"], source: "s3/bucket.go" },
  { type: "aws:s3/bucketObjectv2:BucketObjectv2", by: ["bucket", "key"], source: "s3/object.go" },
  { type: "aws:sns/topicPolicy:TopicPolicy", by: ["arn"], source: "sns/topic_policy.go" },
  { type: "aws:sns/topicSubscription:TopicSubscription", by: "everything", source: "sns/topic_subscription.go" },
  { type: "aws:ssm/parameter:Parameter", by: ["name"], source: "ssm/parameter.go" },
  { type: "aws:apigateway/account:Account", by: [], source: "apigateway/account.go" },
  { type: "aws:apigateway/restApi:RestApi", by: [], source: "apigateway/rest_api.go" },
  { type: "aws:cloudwatch/logStream:LogStream", by: "everything", source: "logs/stream.go" },
  { type: "aws:sns/topic:Topic", by: ["name"], source: "sns/topic.go" },
  { type: "aws:s3/bucketVersioning:BucketVersioning", by: ["bucket"], source: "s3/bucket_versioning.go" },
  { type: "aws:s3/bucketPolicy:BucketPolicy", by: ["bucket"], source: "s3/bucket_policy.go" },
  { type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", by: ["bucket"], source: "s3/bucket_public_access_block.go" },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    by: ["bucket"],
    source: "s3/bucket_server_side_encryption_configuration.go",
  },
];
