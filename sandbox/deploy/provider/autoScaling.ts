import type { Shape } from "../../core/cloud";
import { defined, pascalCase, type Deployer, type Handlers, type Properties } from "./handler";

const service = "application-autoscaling";

export const autoScalingHandlers: Handlers = {
  "aws:appautoscaling/target:Target": {
    async create(deployer, _name, inputs) {
      const arn = await registerTarget(deployer, inputs);
      return { id: inputs.resourceId, state: { ...inputs, arn } };
    },
    async read(deployer, id, state) {
      const { ScalableTargets } = await deployer.call(service, "DescribeScalableTargets", {
        ServiceNamespace: state.serviceNamespace,
        ResourceIds: [id],
      });
      const target = ScalableTargets[0];
      return target && { ...state, minCapacity: target.MinCapacity, maxCapacity: target.MaxCapacity };
    },
    async update(deployer, _id, state, inputs) {
      await registerTarget(deployer, inputs);
      return { ...state, ...inputs };
    },
    async delete(deployer, _id, state) {
      await deployer.call(service, "DeregisterScalableTarget", targetKey(state));
    },
    replaceOn: ["resourceId", "scalableDimension", "serviceNamespace"],
  },
  "aws:appautoscaling/policy:Policy": {
    async create(deployer, name, inputs) {
      const PolicyName = deployer.physicalName(name, inputs.name);
      const put = await putPolicy(deployer, PolicyName, inputs);
      return { id: PolicyName, state: { ...inputs, name: PolicyName, ...put } };
    },
    async update(deployer, _id, state, inputs) {
      const put = await putPolicy(deployer, state.name, inputs);
      return { ...inputs, name: state.name, ...put };
    },
    async delete(deployer, _id, state) {
      await deployer.call(service, "DeleteScalingPolicy", { ...targetKey(state), PolicyName: state.name });
    },
    replaceOn: ["resourceId", "scalableDimension", "serviceNamespace", "name"],
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    async create(deployer, name, inputs) {
      const ScheduledActionName = deployer.physicalName(name, inputs.name);
      await putScheduledAction(deployer, ScheduledActionName, inputs);
      return { id: ScheduledActionName, state: { ...inputs, name: ScheduledActionName } };
    },
    async update(deployer, _id, state, inputs) {
      await putScheduledAction(deployer, state.name, inputs);
      return { ...inputs, name: state.name };
    },
    async delete(deployer, _id, state) {
      await deployer.call(service, "DeleteScheduledAction", { ...targetKey(state), ScheduledActionName: state.name });
    },
    replaceOn: ["resourceId", "scalableDimension", "serviceNamespace", "name"],
  },
};

function targetKey(inputs: Properties): Shape {
  return {
    ServiceNamespace: inputs.serviceNamespace,
    ResourceId: inputs.resourceId,
    ScalableDimension: inputs.scalableDimension,
  };
}

async function registerTarget(deployer: Deployer, inputs: Properties): Promise<string> {
  const { ScalableTargetARN } = await deployer.call(
    service,
    "RegisterScalableTarget",
    defined({
      ...targetKey(inputs),
      MinCapacity: inputs.minCapacity,
      MaxCapacity: inputs.maxCapacity,
      SuspendedState: inputs.suspendedState && pascalCase(inputs.suspendedState),
    }),
  );
  return ScalableTargetARN;
}

async function putPolicy(
  deployer: Deployer,
  PolicyName: string,
  inputs: Properties,
): Promise<{ arn: string; alarmArns: string[] }> {
  const step = inputs.stepScalingPolicyConfiguration;
  const tracking = inputs.targetTrackingScalingPolicyConfiguration;
  const { PolicyARN, Alarms } = await deployer.call(
    service,
    "PutScalingPolicy",
    defined({
      ...targetKey(inputs),
      PolicyName,
      PolicyType: inputs.policyType ?? "StepScaling",
      StepScalingPolicyConfiguration: step && stepConfiguration(step),
      TargetTrackingScalingPolicyConfiguration: tracking && pascalCase(tracking),
    }),
  );
  return { arn: PolicyARN, alarmArns: Alarms.map((alarm: Shape) => alarm.AlarmARN) };
}

/** The provider takes interval bounds as strings; the API takes numbers. */
function stepConfiguration(step: Properties): Shape {
  const { stepAdjustments, ...rest } = step;
  return {
    ...pascalCase(rest),
    StepAdjustments: stepAdjustments.map((adjustment: Properties) =>
      defined({
        MetricIntervalLowerBound: bound(adjustment.metricIntervalLowerBound),
        MetricIntervalUpperBound: bound(adjustment.metricIntervalUpperBound),
        ScalingAdjustment: adjustment.scalingAdjustment,
      }),
    ),
  };
}

function bound(value: unknown): number | undefined {
  return value === undefined || value === null || value === "" ? undefined : Number(value);
}

async function putScheduledAction(deployer: Deployer, ScheduledActionName: string, inputs: Properties): Promise<void> {
  await deployer.call(
    service,
    "PutScheduledAction",
    defined({
      ...targetKey(inputs),
      ScheduledActionName,
      Schedule: inputs.schedule,
      Timezone: inputs.timezone,
      StartTime: inputs.startTime,
      EndTime: inputs.endTime,
      ScalableTargetAction: inputs.scalableTargetAction && pascalCase(inputs.scalableTargetAction),
    }),
  );
}
