/** A resource as Pulumi's engine shows it to a policy. */
export interface Resource {
  /** Its type's token, such as aws:kinesis/stream:Stream. */
  type: string;
  name: string;
  /** Its inputs; where the whole stack is looked at, its outputs too. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- properties of resources of all types
  props: Record<string, any>;
}

export interface Rule {
  name: string;
  description: string;
  /** It looks at other resources of the stack too. */
  ofStack?: true;
  /** What is wrong with a resource, a sentence each. */
  violations(resource: Resource, stack: readonly Resource[]): string[];
}
