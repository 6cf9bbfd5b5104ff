import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.resolve(__dirname, "../../..");

/** How a command ended, and what it said. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A copy of a project that `pulumi` may write to, with a state of its own. */
export interface Project {
  readonly folder: string;
  /** What `pulumi` is to find in its environment. @param providers that run already, by name, with their ports. */
  environment(providers: Record<string, number>): NodeJS.ProcessEnv;
  /** Runs a line as someone would who types it in the project's folder. @param providers as for `environment`. */
  run(line: string, providers: Record<string, number>): Promise<Ended>;
  remove(): void;
}

/** What `pulumi up` reads of the project and doesn't write. */
const parts = ["index.ts", "config.ts", "config", "components", "scaler", "package.json", "tsconfig.json", "node_modules"];

/** The program of this repository, with its stacks. */
export function layProgram(folder: string): void {
  for (const part of parts) fs.symlinkSync(path.join(root, part), path.join(folder, part));
  for (const file of fs.readdirSync(root))
    if (/^Pulumi\..*yaml$/.test(file)) fs.copyFileSync(path.join(root, file), path.join(folder, file));
}

/**
 * @param lay what the project's folder is to hold.
 * @param checkTypes as Pulumi does it for its users: most of the seconds of a preview, and `npm run lint` does it too.
 */
export function makeProject(lay: (folder: string) => void, checkTypes: boolean): Project {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-engine-"));
  const [folder, state] = [path.join(home, "project"), path.join(home, "state")];
  for (const made of [folder, state]) fs.mkdirSync(made);
  lay(folder);
  const environment = (providers: Record<string, number>) => ({
    ...withoutCloud(process.env),
    PATH: `${path.join(__dirname, "..", "host")}${path.delimiter}${process.env["PATH"]}`,
    PULUMI_HOME: path.join(home, "pulumi"),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_SKIP_CONFIRMATIONS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: Object.entries(providers)
      .map(([name, port]) => `${name}:${port}`)
      .join(","),
    PULUMI_NODEJS_TRANSPILE_ONLY: String(!checkTypes),
    NO_COLOR: "1",
  });
  return {
    folder,
    environment,
    run: (line, providers) => ended(line, folder, environment(providers)),
    remove: () => fs.rmSync(home, { recursive: true, force: true }),
  };
}

/** Nobody's account, region or Pulumi settings: the stack's own alone. */
function withoutCloud(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([key]) => !/^(AWS|PULUMI)_/.test(key)));
}

function ended(line: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn("sh", ["-c", line], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
