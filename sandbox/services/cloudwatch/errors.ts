import { serviceError, type ServiceError } from "../../core/serviceError";

const of =
  (code: string, statusCode = 400) =>
  (message: string): ServiceError =>
    serviceError("cloudwatch", code, message, statusCode);

/** CloudWatch's errors, named as the SDKs name their shapes. */
export const validationError = of("ValidationError");
export const invalidParameterValue = of("InvalidParameterValueException");
export const invalidCombination = of("InvalidParameterCombinationException");
export const missingParameter = of("MissingRequiredParameterException");
export const resourceNotFound = of("ResourceNotFound", 404);
export const resourceNotFoundException = of("ResourceNotFoundException", 404);
export const dashboardNotFound = of("DashboardNotFoundError", 404);
export const dashboardInvalid = of("DashboardInvalidInputError");
export const invalidNextToken = of("InvalidNextToken");
export const limitExceeded = of("LimitExceededFault");

/** Codes that the query protocol (and the x-amzn-query-error header) has for shapes whose names differ. */
export const queryErrorCodes: Readonly<Record<string, string>> = {
  InvalidParameterValueException: "InvalidParameterValue",
  InvalidParameterCombinationException: "InvalidParameterCombination",
  MissingRequiredParameterException: "MissingParameter",
  DashboardNotFoundError: "ResourceNotFound",
  DashboardInvalidInputError: "InvalidParameterInput",
  LimitExceededFault: "LimitExceeded",
};

/** Constraint violations as AWS lists them: all at once. */
export interface Constraints {
  check(holds: boolean, member: string, value: unknown, constraint: string): void;
  /** @throws ValidationError "2 validation errors detected: Value '0' at 'evaluationPeriods' failed to satisfy constraint: ...". */
  throwIfAny(): void;
}

export function constraints(): Constraints {
  const problems: string[] = [];
  return {
    check(holds, member, value, constraint) {
      if (holds) return;
      const shown = value === undefined || value === null ? "Value null" : `Value '${printed(value)}'`;
      problems.push(`${shown} at '${member}' failed to satisfy constraint: ${constraint}`);
    },
    throwIfAny() {
      if (problems.length === 0) return;
      const errors = problems.length === 1 ? "1 validation error" : `${problems.length} validation errors`;
      throw validationError(`${errors} detected: ${problems.join("; ")}`);
    },
  };
}

function printed(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printed).join(", ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export const memberOf = (allowed: readonly string[]) => `Member must satisfy enum value set: [${allowed.join(", ")}]`;
export const notNull = "Member must not be null";
export const atLeast = (value: number) => `Member must have value greater than or equal to ${value}`;
export const atMost = (value: number) => `Member must have value less than or equal to ${value}`;
export const longest = (length: number) => `Member must have length less than or equal to ${length}`;
export const shortest = (length: number) => `Member must have length greater than or equal to ${length}`;
