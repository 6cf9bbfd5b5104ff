import { credentials } from "./accessKey";
import { stackError } from "./deploy/stackFiles";
import { startPage } from "./page/page";
import type { Sandbox } from "./sandbox";
import type { Session } from "./session";
import { apiPath, awsHandler, listenAws, noCloudYet } from "./wire/awsEndpoint";
import type { LocalHandler, LocalServer } from "./wire/httpServer";

export interface Addresses {
  page: string;
  aws: string;
  scalingApi: string;
}

export interface Servers {
  /** Ports other than the usual ones, because these are taken. */
  readonly moved: boolean;
  readonly awsUrl: string;
  addresses(sandbox: Sandbox): Addresses;
  /** Points the AWS endpoint to another sandbox. */
  serve(sandbox: Pick<Sandbox, "cloud" | "exclusively">): void;
  close(): Promise<void>;
}

/** The page's port when none was asked for; the AWS endpoint's is the next one. */
export const usualPort = 4510;
/** So many pairs of ports are tried. */
const pairs = 20;

/**
 * The page on `port` and the AWS endpoint on the next one (0: any free ports; undefined: the first free pair from the usual ones
 * on), on loopback. Until a sandbox is served both say that it is being started.
 * @throws Error named "StackError" for the user when a port is taken.
 */
export async function startServers(port: number | undefined, session: Session): Promise<Servers> {
  let answer: LocalHandler = async () => noCloudYet;
  const handler: LocalHandler = (request, response) => answer(request, response);
  const [page, aws] = await listenOnPair(port, session, handler);
  const awsUrl = `http://127.0.0.1:${aws.port}`;
  return {
    awsUrl,
    moved: port === undefined && page.port !== usualPort,
    addresses(sandbox) {
      const [apiId = "", stage = ""] = endpointParts(sandbox);
      return {
        page: `http://127.0.0.1:${page.port}/`,
        aws: awsUrl,
        scalingApi: `${awsUrl}${apiPath(apiId, stage)}/scalableTargetDimensions`,
      };
    },
    serve({ cloud, exclusively }) {
      cloud.iam.addCredentials(credentials, cloud.deployer.arn);
      const timeStands = () => session.stands;
      answer = awsHandler(cloud, { credentials: cloud.iam.credentials, exclusively, timeStands });
    },
    async close() {
      await Promise.all([page.close(), aws.close()]);
    },
  };
}

/** Id and stage of "https://{api}.execute-api.{region}.amazonaws.com/{stage}". */
function endpointParts({ deployment }: Sandbox): string[] {
  return /^https:\/\/([^.]+)\.execute-api\.[^/]+\/([^/]+)/.exec(deployment.outputs.endpoint)?.slice(1) ?? [];
}

async function listenOnPair(
  wanted: number | undefined,
  session: Session,
  handler: LocalHandler,
): Promise<[LocalServer, LocalServer]> {
  const first = wanted ?? usualPort;
  const last = wanted === undefined ? first + 2 * (pairs - 1) : first;
  for (let port = first; port <= last; port += 2) {
    const page = await unlessTaken(() => startPage({ port, session }));
    const aws = page && (await unlessTaken(() => listenAws({ port: port === 0 ? 0 : port + 1 }, handler)));
    if (page && aws) return [page, aws];
    await page?.close();
    if (wanted !== undefined) throw taken(port, page ? port + 1 : port);
  }
  throw stackError(`All ports from ${first} to ${last + 1} are taken. Say --port 0 for any free ones, or --headless for none.`);
}

function taken(port: number, which: number): Error {
  const whose = which === port ? "for the page" : `for the AWS endpoint, next to --port ${port}`;
  return stackError(
    `Port ${which}, ${whose}, is taken. Say another --port, none for the next free pair, 0 for any free ones, or --headless for none.`,
  );
}

async function unlessTaken(listen: () => Promise<LocalServer>): Promise<LocalServer | undefined> {
  try {
    return await listen();
  } catch (error) {
    // EACCES: Windows keeps ranges of ports for itself.
    if (!["EADDRINUSE", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return undefined;
  }
}
