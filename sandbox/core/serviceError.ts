/** An error as an AWS service answers it: `name` is the error code, `message` AWS's own text. */
export interface ServiceError extends Error {
  readonly service: string;
  readonly statusCode: number;
}

/** @param code e.g. "ResourceInUseException". @param statusCode 400 unless AWS documents another. */
export function serviceError(service: string, code: string, message: string, statusCode = 400): ServiceError {
  return Object.assign(new Error(message), { name: code, service, statusCode });
}

export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "statusCode" in error && "service" in error;
}
