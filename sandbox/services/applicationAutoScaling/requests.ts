import type { Shape } from "../../core/cloud";
import type { Context } from "./context";
import { parseResourceId } from "./endpoint";
import { constraintErrors, invalidNextToken, noScalableTarget, unsupportedResource } from "./errors";
import { namespace, scalableDimension, type ScalableTarget } from "./types";

/** A field's problem in the words of AWS's JSON services, or undefined. */
export function required(input: Shape, ...fields: string[]): string[] {
  return fields
    .filter((field) => input[field] === undefined)
    .map((field) => `Value null at '${lowerFirst(field)}' failed to satisfy constraint: Member must not be null`);
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Integers that AWS's model has as such. */
export function integers(input: Shape, ...fields: string[]): string[] {
  return fields
    .filter((field) => input[field] !== undefined && !Number.isInteger(input[field]))
    .map((field) => `Value '${input[field]}' at '${lowerFirst(field)}' failed to satisfy constraint: Member must be an integer`);
}

/** Policy names and action names: 1 to 256 characters; ':' , '/' and '|' would break the ARN. */
export function nameProblems(field: string, name: unknown): string[] {
  if (name === undefined) return [];
  const valid = typeof name === "string" && name.length >= 1 && name.length <= 256 && /^(?!.*[:/|])[\x20-\x7e]+$/.test(name);
  return valid
    ? []
    : [
        `Value '${String(name)}' at '${lowerFirst(field)}' failed to satisfy constraint: 1 to 256 printable characters without : / |`,
      ];
}

export function check(problems: string[]): void {
  if (problems.length > 0) throw constraintErrors(problems);
}

/** The three fields that name a target. Only custom resources are modelled. */
export function checkTargetKey(input: Shape, ...more: string[]): void {
  check([...required(input, "ServiceNamespace", "ResourceId", "ScalableDimension"), ...more]);
  const supported = input.ServiceNamespace === namespace && input.ScalableDimension === scalableDimension;
  if (!supported || typeof input.ResourceId !== "string" || !parseResourceId(input.ResourceId)) throw unsupportedResource();
}

export function registeredTarget(context: Context, resourceId: string): ScalableTarget {
  const target = context.targets.get(resourceId);
  if (!target) throw noScalableTarget(resourceId);
  return target;
}

/** Filters that the Describe operations share. */
export function checkDescribe(input: Shape): void {
  check([...required(input, "ServiceNamespace"), ...integers(input, "MaxResults")]);
  if (input.ScalableDimension !== undefined && input.ScalableDimension !== scalableDimension) throw unsupportedResource();
}

/** One page of at most 50 (the API's maximum). The token is the index to go on at. */
export function page<T>(items: T[], input: Shape): { items: T[]; NextToken?: string } {
  const size = Math.min(Math.max(input.MaxResults ?? 50, 1), 50);
  const start = input.NextToken === undefined ? 0 : Number(input.NextToken);
  if (!Number.isInteger(start) || start < 0 || start > items.length) throw invalidNextToken();
  const end = start + size;
  return { items: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
}
