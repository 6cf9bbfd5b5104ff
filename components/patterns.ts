/** Names and ARNs as the services' API references give them. */

/** A stream's, an application's and a consumer's name. */
export const namePattern = /^[a-zA-Z0-9_.-]{1,128}$/;
export const nameWords = "a name of 1 to 128 letters, digits, _ . -";

export function nameOrArn(arn: RegExp): RegExp {
  return new RegExp(`${namePattern.source}|${arn.source}`);
}
