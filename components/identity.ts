import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./problem";

/**
 * What tells a pipeline or a scaler from others in the account and region: the component's name and the stack's, or its name alone
 * where that ends in the stack's already. It is part of parameters' paths, metrics' dimensions and the dashboard's name.
 */
export function identityOf(name: string): string {
  const stack = pulumi.getStack();
  return name === stack || name.endsWith(`-${stack}`) ? name : `${name}-${stack}`;
}

const longest = 60;

/** What is wrong with an identity; [] when it is fine. */
export function identityProblems(identity: string): Problem[] {
  if (/^[A-Za-z0-9-]+$/.test(identity) && identity.length <= longest) return [];
  const text = `name and stack together: allowed are 1 to ${longest} letters, digits and hyphens. Rename the component or the stack`;
  return [{ path: "(name)", value: identity, text }];
}
