import type { Aws } from "./clients";
import type { ChangeCall } from "./types";
/** What an AWS error means for a change that was to begin. */
export type Failure = 
/** Nothing began, and it may next time: the service is at work, the call was throttled, credentials had run out. */
"busy"
/** UpdateShardCount's daily limit is spent, by us or by others. */
 | "spent"
/** The service said no, and would again. */
 | "refused"
/** No answer, or one that doesn't say whether the change began: look before doing anything again. */
 | "unknown";
export declare function errorName(error: unknown): string;
export declare function errorText(error: unknown): string;
export declare function isNotFound(error: unknown): boolean;
export declare function isThrottled(error: unknown): boolean;
/** AWS whose refusals for a missing permission name it: services' own messages don't always. */
export declare function tellingPermissions(aws: Aws): Aws;
/** What a failed change means: by the error's name, by AWS's words where one name says several things, by whose fault it was. */
export declare function failureOf(call: ChangeCall, error: unknown): Failure;
