import type { DeployedResource } from "../../sandbox/deploy/deploy";
import { types, type Inputs, type Others } from "./cloudFormationTypes";

export interface Template {
  Resources: Record<string, { Type: string; Properties: Inputs }>;
}

/** What a template hasn't: types of Pulumi without one of CloudFormation, and inputs that weren't translated, as "type input". */
export interface Translation {
  template: Template;
  left: string[];
}

/** A deployment's resources as CloudFormation has them: settings that are resources of their own in Pulumi go into what they set. */
export function cloudFormation(resources: readonly DeployedResource[]): Translation {
  const custom = resources.filter((resource) => resource.custom);
  const read = new Map(custom.map((resource) => [resource, new Set<string>()]));
  const inputs = new Map(custom.map((resource) => [resource, noting(resource.inputs, read.get(resource)!)]));
  const has = (one: DeployedResource, having: Inputs) =>
    Object.entries(having).every(([key, value]) => inputs.get(one)![key] === value);
  const others: Others = {
    of: (type, having) => custom.filter((one) => kindOf(one) === type && has(one, having)).map((one) => inputs.get(one)!),
  };
  const template: Template = { Resources: {} };
  const left: string[] = [];
  for (const resource of custom) {
    const translate = types[kindOf(resource)];
    if (translate === undefined) left.push(kindOf(resource));
    else if (translate !== "with another") {
      const [Type, properties] = translate(
        inputs.get(resource)!,
        { ...resource.deployed.state, id: resource.deployed.id },
        others,
      );
      template.Resources[logicalId(resource.name)] = { Type, Properties: plain(properties) };
    }
  }
  for (const resource of custom)
    for (const [key, value] of Object.entries(resource.inputs))
      if (types[kindOf(resource)] && value !== undefined && !read.get(resource)!.has(key))
        left.push(`${kindOf(resource)} ${key}`);
  return { template, left: [...new Set(left)].sort() };
}

/** "aws:s3/bucketPolicy:BucketPolicy" -> "s3/bucketPolicy". */
const kindOf = ({ type }: DeployedResource) => type.split(":")[1]!;
const logicalId = (name: string) => name.replace(/[^A-Za-z0-9]+(.)/g, (_all, letter: string) => letter.toUpperCase());

function noting(inputs: Inputs, read: Set<string>): Inputs {
  return new Proxy(inputs, {
    get(target, key) {
      if (typeof key === "string") read.add(key);
      return Reflect.get(target, key) as unknown;
    },
  });
}

/** Without what is undefined. */
const plain = (properties: Inputs) => JSON.parse(JSON.stringify(properties)) as Inputs;
