import { spawn } from "node:child_process";
import * as path from "node:path";
import { stackError } from "../deploy/stackFiles";

/** Java that Flink 1.20 runs on. */
const oldestJava = 11;

/** A program of this machine: what it wrote and how it ended; undefined: there is no such program. */
interface Ran {
  code: number;
  text: string;
}

export function runTool(command: string, args: readonly string[], shown = false): Promise<Ran | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    const take = (chunk: Buffer) => {
      text += chunk.toString("utf8");
      if (shown) process.stderr.write(chunk);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve({ code: code ?? 1, text }));
  });
}

export const javaCommand = ({ JAVA_HOME }: NodeJS.ProcessEnv): string =>
  JAVA_HOME ? path.join(JAVA_HOME, "bin", "java") : "java";

/** @throws StackError that says what to install. */
export async function requireJava(environment: NodeJS.ProcessEnv): Promise<void> {
  const ran = await runTool(javaCommand(environment), ["-version"]);
  const version = Number(/version "(?:1\.)?(\d+)/.exec(ran?.text ?? "")?.[1] ?? 0);
  if (version >= oldestJava) return;
  const found = version === 0 ? "there is none" : `Java ${version} is there`;
  throw stackError(
    `--flink real needs Java ${oldestJava} or newer, ${found}. Install a JDK (on Debian: sudo apt-get install openjdk-17-jdk-headless), or set JAVA_HOME.`,
  );
}

/** @param what is missing without Maven. @throws StackError that says what to install. */
export async function requireMaven(what: string): Promise<void> {
  if ((await runTool("mvn", ["--version"]))?.code === 0) return;
  throw stackError(`${what} needs Maven. Install it (on Debian: sudo apt-get install maven).`);
}
