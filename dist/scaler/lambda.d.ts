/**
 * The factory of the Lambda's handler: `callbackFactory` of aws.lambda.CallbackFunction, which serialises it. Clients are made
 * once per warm instance. It captures nothing but functions and plain data.
 */
export declare function scalerFactory(): (event: unknown) => Promise<unknown>;
