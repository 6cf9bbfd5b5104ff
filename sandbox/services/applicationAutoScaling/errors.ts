import { serviceError, type ServiceError } from "../../core/serviceError";
import { namespace, scalableDimension } from "./types";

const error = (code: string, message: string) => serviceError("application-autoscaling", code, message);

export const validationException = (message: string): ServiceError => error("ValidationException", message);
export const serializationException = (message: string): ServiceError => error("SerializationException", message);
export const limitExceeded = (message: string): ServiceError => error("LimitExceededException", message);
export const invalidNextToken = (): ServiceError => error("InvalidNextTokenException", "The next token supplied was invalid.");
export const failedResourceAccess = (message: string): ServiceError => error("FailedResourceAccessException", message);
export const objectNotFound = (message: string): ServiceError => error("ObjectNotFoundException", message);

/** A request's malformed fields, all at once, as AWS's JSON services word them. */
export function constraintErrors(problems: string[]): ServiceError {
  const plural = problems.length === 1 ? "error" : "errors";
  return validationException(`${problems.length} validation ${plural} detected: ${problems.join("; ")}`);
}

export const unsupportedResource = (): ServiceError =>
  validationException("Unsupported service namespace, resource type or scalable dimension");

export const noScalableTarget = (resourceId: string): ServiceError =>
  objectNotFound(
    `No scalable target registered for service namespace: ${namespace}, resource ID: ${resourceId}, scalable dimension: ${scalableDimension}`,
  );

export const resourceNotFound = (arn: string): ServiceError =>
  error("ResourceNotFoundException", `The specified resource doesn't exist: ${arn}`);

export const tooManyTags = (): ServiceError =>
  error("TooManyTagsException", "The request contains too many tags. Try the request again with fewer tags.");
