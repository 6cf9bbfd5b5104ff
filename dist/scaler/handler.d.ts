import type { ApiAnswer } from "./api";
import type { Aws } from "./clients";
/** The function's environment: SLUICE_PREFIX ("/sluice/{stack}") and SLUICE_STACK. */
export interface Environment {
    prefix: string;
    stack: string;
}
/**
 * The scaler: GET and PATCH from API Gateway, and the minute run from EventBridge. Time comes from the event, never from the
 * machine's clock.
 */
export declare function handle(event: unknown, client: Aws, { prefix, stack }: Environment): Promise<ApiAnswer | undefined>;
