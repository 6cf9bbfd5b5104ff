import * as fs from "node:fs";
import * as path from "node:path";
import { credentials as sandboxCredentials } from "../sandbox/accessKey";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { inputError } from "../sandbox/inputError";
import { commandError } from "./commandError";
import type { PlaceOptions } from "./placeOptions";

/** Folder of the Pulumi project. */
export const projectFolder = path.join(__dirname, "..");

/** What every SDK client of a command is made with. On AWS the SDK finds endpoint and credentials itself. */
export interface ClientSettings {
  region: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
}

/** AWS, or a sandbox on this machine. */
export interface Place {
  region: string;
  /** URL of the sandbox's AWS endpoint; undefined: AWS. */
  sandbox?: string;
  settings: ClientSettings;
}

/**
 * @param environment AWS_REGION and AWS_DEFAULT_REGION count where neither an option nor the stack's file names a region.
 * @throws InputError when there is no region; Error named "StackError" when the stack's file isn't YAML.
 */
export function placeOf(options: PlaceOptions, environment: NodeJS.ProcessEnv, folder = projectFolder): Place {
  const stack = options.stack ?? defaultStack;
  const region = options.region ?? stackRegion(folder, stack) ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (!region) {
    throw inputError("OptionsError", `No region: say --region, or aws:region in Pulumi.${stack}.yaml, or set AWS_REGION.`);
  }
  const { sandbox } = options;
  if (sandbox === undefined) return { region, settings: { region, maxAttempts: 4 } };
  return { region, sandbox, settings: { region, endpoint: sandbox, credentials: sandboxCredentials, maxAttempts: 2 } };
}

export const defaultStack = "dev";

function stackRegion(folder: string, stack: string): string | undefined {
  if (!fs.existsSync(path.join(folder, `Pulumi.${stack}.yaml`))) return undefined;
  const region = readStackFiles(folder, stack).config["aws:region"];
  return typeof region === "string" ? region : undefined;
}

export function placeWords({ region, sandbox }: Place, stack: string, account: string | undefined): string {
  const where = sandbox === undefined ? "" : `, on the sandbox at ${sandbox}`;
  return `Stack ${stack}, account ${account ?? "unknown"}, region ${region}${where}`;
}

const unreachableCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "ECONNRESET",
  "EHOSTUNREACH",
  "UND_ERR_SOCKET",
]);

/** What a failed AWS call means to the user; what it doesn't know is given back as it is. */
export function explained(error: unknown, { sandbox, region }: Place, doing: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code, cause } = error as Error & { code?: string; cause?: { code?: string } };
  if (unreachableCodes.has(code ?? cause?.code ?? "")) {
    return commandError(
      sandbox === undefined
        ? `${doing}: AWS can't be reached in ${region} (${error.message}). Check the network and --region.`
        : `The sandbox doesn't answer at ${sandbox}. Start it with npm start, which prints its AWS endpoint; name another with --sandbox URL.`,
    );
  }
  if (/valid region/.test(error.message)) {
    return commandError(
      `The sandbox's stack is in another region than ${region}: say --stack NAME as npm start was told, or --region.`,
    );
  }
  if (error.name === "CredentialsProviderError" || error.name === "TokenProviderError") {
    return commandError(
      `No AWS credentials (${error.message}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for a sandbox add --sandbox.`,
    );
  }
  if ("$metadata" in error) return commandError(`${doing}: ${error.name}: ${error.message}`);
  return error;
}

/** True where AWS refuses the caller this call: a command goes on with what else it may read. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/.test(error.name);
}
