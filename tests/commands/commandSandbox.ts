import { credentials } from "../../sandbox/accessKey";
import { projectFolder } from "../../sandbox/deploy/deploy";
import { readStackFiles } from "../../sandbox/deploy/stackFiles";
import { openSandbox, type Sandbox } from "../../sandbox/sandbox";
import { listenAwsEndpoint } from "../../sandbox/wire/awsEndpoint";
import type { Terminal } from "../../commands/terminal";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

export interface CommandSandbox {
  sandbox: Sandbox;
  /** URL of its AWS endpoint. */
  url: string;
  /** Whether the endpoint says that time stands still. */
  timeStands: boolean;
  close(): Promise<void>;
}

/** Scaling in takes longer than a test: only scaling out and what a test does by hand happens. */
const patient = { "sluice:scaleInMinutes": 90, "sluice:scaleInDatapoints": 90 };

/** The dev stack under traffic, as `npm start` serves it, on a free port. @param rate records/s in minute `index`. */
export async function openCommandSandbox(
  rate: (index: number) => number,
  config: Record<string, unknown> = {},
): Promise<CommandSandbox> {
  const files = readStackFiles(projectFolder, "dev");
  const traffic = { name: "scripted", rate };
  const sandbox = await openSandbox({
    files: { ...files, config: { ...files.config, ...patient, ...config } },
    ...{ traffic, recordBytes: 500, seed: 1 },
  });
  const { cloud, exclusively } = sandbox;
  cloud.iam.addCredentials(credentials, cloud.deployer.arn);
  const timeStands = () => opened.timeStands;
  const server = await listenAwsEndpoint(cloud, { port: 0, credentials: cloud.iam.credentials, exclusively, timeStands });
  const url = `http://127.0.0.1:${server.port}`;
  const opened: CommandSandbox = { sandbox, url, timeStands: false, close: () => server.close() };
  return opened;
}

export interface TestTerminal extends Terminal {
  text(): string;
}

/** @param answer what somebody types when asked; undefined: nobody is there. @param pause what happens while a command waits. */
export function testTerminal(pause: () => Promise<void> = async () => {}, answer?: string): TestTerminal {
  let text = "";
  return {
    write: (line) => void (text += `${line}\n`),
    text: () => text,
    width: 120,
    asks: answer !== undefined,
    async ask(question) {
      text += question;
      return answer ?? "";
    },
    now: () => Date.UTC(2030, 0, 1),
    pause,
  };
}
