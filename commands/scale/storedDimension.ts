import { GetParametersCommand, SSMClient, type GetParametersCommandInput } from "@aws-sdk/client-ssm";
import type { Aws } from "../../scaler/aws/clients";
import { isBroken, readOne, type Stored } from "../../scaler/aws/parameters";
import { parameterPrefix } from "../../scaler/names";
import { commandError } from "../commandError";
import { explained, isDenied, type Place } from "../place";

/**
 * What the scaler knows about a dimension: bounds, the day's updates, what is under way. It lets the command say beforehand what
 * the API will make of a request. Undefined where the caller may not read it.
 */
export async function readDimension(place: Place, stack: string, id: string): Promise<Stored | undefined> {
  const client = new SSMClient(place.settings);
  const call = async (_service: string, _operation: string, input: unknown) =>
    client.send(new GetParametersCommand(input as GetParametersCommandInput));
  try {
    const stored = await readOne({ call } as unknown as Aws, parameterPrefix(stack), id);
    if (stored && isBroken(stored)) throw commandError(stored.problem);
    return stored;
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw explained(error, place, `Reading the parameters of ${id}`);
  } finally {
    client.destroy();
  }
}
