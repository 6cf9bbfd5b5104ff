import { credentials } from "./accessKey";
import { startPage } from "./page/page";
import type { Sandbox } from "./sandbox";
import type { Session } from "./session";
import { apiPath, listenAwsEndpoint } from "./wire/awsEndpoint";
import type { LocalServer } from "./wire/httpServer";

export interface Addresses {
  page: string;
  aws: string;
  scalingApi: string;
}

export interface Servers {
  addresses: Addresses;
  /** Points the AWS endpoint to another sandbox. */
  serve(sandbox: Sandbox): Promise<void>;
  close(): Promise<void>;
}

/**
 * The page on `port` and the AWS endpoint on the next one (0: any free ports), on loopback.
 * @throws Error named "StackError" for the user when a port is taken.
 */
export async function startServers(port: number, session: Session, first: Sandbox): Promise<Servers> {
  const page = await listening(port, () => startPage({ port, session }));
  const awsPort = port === 0 ? 0 : port + 1;
  let aws = await listening(awsPort, () => listenTo(first, awsPort));
  const [apiId = "", stage = ""] = endpointParts(first);
  return {
    addresses: {
      page: `http://127.0.0.1:${page.port}/`,
      aws: `http://127.0.0.1:${aws.port}`,
      scalingApi: `http://127.0.0.1:${aws.port}${apiPath(apiId, stage)}/scalableTargetDimensions`,
    },
    async serve(sandbox) {
      const { port: same } = aws;
      await aws.close();
      aws = await listenTo(sandbox, same);
    },
    async close() {
      await Promise.all([page.close(), aws.close()]);
    },
  };
}

function listenTo({ cloud, exclusively }: Sandbox, port: number): Promise<LocalServer> {
  cloud.iam.addCredentials(credentials, cloud.deployer.arn);
  return listenAwsEndpoint(cloud, { port, credentials: (accessKeyId) => cloud.iam.credentials(accessKeyId), exclusively });
}

/** Id and stage of "https://{api}.execute-api.{region}.amazonaws.com/{stage}". */
function endpointParts({ deployment }: Sandbox): string[] {
  return /^https:\/\/([^.]+)\.execute-api\.[^/]+\/([^/]+)/.exec(deployment.outputs.endpoint)?.slice(1) ?? [];
}

async function listening(port: number, listen: () => Promise<LocalServer>): Promise<LocalServer> {
  try {
    return await listen();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    const message = `Port ${port} or the next one is taken. Name another with --port N (0: any free ones), or run with --headless.`;
    throw Object.assign(new Error(message), { name: "StackError" });
  }
}
