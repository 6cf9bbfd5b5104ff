import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./problem";

/**
 * What tells a pipeline or a scaler from others in the account and region: the component's name and the stack's, or its name alone
 * where that begins or ends with the stack's already. It is part of parameters' paths, metrics' dimensions and the dashboard's name.
 */
export function identityOf(name: string): string {
  const stack = pulumi.getStack();
  const named = name === stack || name.startsWith(`${stack}-`) || name.endsWith(`-${stack}`);
  return named ? name : `${name}-${stack}`;
}

/** Name of a pipeline among several of one component, whose children are named after it. */
export function nameAmong(name: string, entry: string): string {
  return `${name}-${entry}`;
}

/** Name of what is made for an identity: a dashboard, and where the configuration names none a stream and an application. */
export function defaultName(identity: string): string {
  return `sluice-${identity}`;
}

const longest = 60;

/** What is wrong with an identity; [] when it is fine. @param of what has the name. */
export function identityProblems(identity: string, of = "component"): Problem[] {
  if (/^[A-Za-z0-9-]+$/.test(identity) && identity.length <= longest) return [];
  const text = `name and stack together: allowed are 1 to ${longest} letters, digits and hyphens. Rename the ${of} or the stack`;
  return [{ path: "(name)", value: identity, text }];
}
