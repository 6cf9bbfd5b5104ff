import type { Context } from "./begin";
/** What API Gateway hands to the function (Lambda proxy integration of a REST API), as far as it is read. */
export interface ApiEvent {
    httpMethod: string;
    pathParameters?: {
        id?: string;
    } | null;
    body?: string | null;
    isBase64Encoded?: boolean;
    requestContext?: {
        requestTimeEpoch?: number;
    };
}
export interface ApiAnswer {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
}
/**
 * GET and PATCH of a scalable dimension. They touch SSM only: PATCH stores what is desired, the minute run does the rest.
 * 400 for a bad request, 404 for an unknown id, 429 while SSM throttles, never 5xx.
 */
export declare function answerApi(run: Omit<Context, "now">, event: ApiEvent): Promise<ApiAnswer>;
