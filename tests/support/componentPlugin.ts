import { spawn } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");

/** Starts what the Pulumi CLI starts for a folder with PulumiPlugin.yaml, in a folder that isn't this one's. */
export async function startComponentPlugin(engine = "127.0.0.1:1"): Promise<{ port: number; stop(): void }> {
  const runner = path.join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run-plugin");
  const plugin = spawn(process.execPath, [runner, root, engine], { cwd: os.tmpdir(), stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve, reject) => {
    plugin.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString().trim())));
    plugin.once("exit", (code) => reject(new Error(`the plugin ended with ${code}`)));
  });
  return { port, stop: () => void plugin.kill() };
}
