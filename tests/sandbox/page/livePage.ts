import { projectFolder } from "../../../sandbox/deploy/deploy";
import { readStackFiles, type StackFiles } from "../../../sandbox/deploy/stackFiles";
import { startPage } from "../../../sandbox/page/page";
import { openSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { createSession, type Session } from "../../../sandbox/session";
import type { Traffic } from "../../../sandbox/traffic/traffic";

/** A page over a real sandbox, whose time passes when the test says so. */
export interface LivePage {
  url: string;
  port: number;
  session: Session;
  sandbox: Sandbox;
  close(): Promise<void>;
}

/** So much that the dev stack's eight shards and sixteen KPUs are half used. */
export const steadyTraffic: Traffic = { name: "steady", start: Date.UTC(2026, 0, 5), rate: () => 4_000 };

export interface LivePageOptions {
  traffic?: Traffic;
  config?: StackFiles["config"];
  port?: number;
}

export async function openLivePage({ traffic = steadyTraffic, config = {}, port = 0 }: LivePageOptions = {}): Promise<LivePage> {
  const open = (stack: string) => {
    const files = readStackFiles(projectFolder, stack);
    return openSandbox({ files: { ...files, config: { ...files.config, ...config } }, traffic, recordBytes: 500, seed: 1 });
  };
  const sandbox = await open("dev");
  const session = createSession({ sandbox, stack: "dev", stacks: ["dev", "prod"], minutes: Infinity, speed: "max", open });
  const page = await startPage({ port, session });
  return { url: `http://127.0.0.1:${page.port}`, port: page.port, session, sandbox, close: page.close };
}
