import { awsClients } from "./aws/clients";
import type { Aws } from "./aws/clients";
import { inTime } from "./aws/deadline";
import { handle } from "./handler";

/**
 * The factory of the Lambda's handler, which Pulumi serialises. Clients are made once per warm instance. It captures nothing but
 * functions and plain data.
 */
export function scalerFactory(): (event: unknown) => Promise<unknown> {
  let aws: Aws | undefined;
  return async (event) =>
    inTime((aws ??= awsClients()), (timed) =>
      handle(event, timed, {
        prefix: process.env["SLUICE_PREFIX"] ?? "",
        stack: process.env["SLUICE_STACK"] ?? "",
      }),
    );
}
