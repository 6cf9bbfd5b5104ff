import { spawn } from "node:child_process";
import * as path from "node:path";
import { Server, ServerCredentials, type handleServerStreamingCall, type handleUnaryCall } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

/**
 * Stands in for Pulumi's language host for Node, which comes with a released CLI and is on no registry: starts what that one starts,
 * Pulumi's own `cmd/run` (of a plugin `cmd/run-plugin`, of a policy pack `cmd/run-policy-pack`), and tells the engine how it ended.
 */
const engine = process.argv.at(-1) ?? "";

/** What `cmd/run` exits with when the program's error has been shown. */
const alreadyShown = 32;

async function run(request: pb.RunRequest): Promise<pb.RunResponse> {
  const program = request.getInfo()?.getProgramDirectory() || request.getPwd();
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
    "root-directory": request.getInfo()?.getRootDirectory() ?? "",
  };
  const config: Record<string, string> = {};
  request.getConfigMap().forEach((value, key) => (config[key] = value));
  const args = [
    require.resolve("@pulumi/pulumi/cmd/run", { paths: [program] }),
    ...Object.entries(flags).flatMap(([flag, value]) => (value ? [`--${flag}`, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    path.resolve(program, request.getInfo()?.getEntryPoint() || "."),
  ];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_CONFIG: JSON.stringify(config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code === 0) return new pb.RunResponse();
  if (code === alreadyShown) return new pb.RunResponse().setBail(true);
  return new pb.RunResponse().setError(`the program ended with ${code}`);
}

/** A plugin that is a folder with PulumiPlugin.yaml, or a policy pack, which has its own folder to run in; both print their port first. */
const runPlugin: handleServerStreamingCall<pb.RunPluginRequest, pb.RunPluginResponse> = (call) => {
  const folder = call.request.getInfo()?.getProgramDirectory() ?? "";
  const given = call.request.getArgsList();
  const isPolicyPack = call.request.getKind() === "analyzer";
  const module = `@pulumi/pulumi/cmd/${isPolicyPack ? "run-policy-pack" : "run-plugin"}`;
  const args = isPolicyPack ? [...given, folder] : [folder, ...given];
  const child = spawn(process.execPath, [require.resolve(module, { paths: [folder] }), ...args], {
    cwd: isPolicyPack ? folder : call.request.getPwd(),
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...Object.fromEntries(call.request.getEnvList().map((entry) => entry.split(/=(.*)/s))),
      PULUMI_NODEJS_TYPESCRIPT: "true",
    },
  });
  child.stdout.on("data", (chunk: Buffer) => call.write(new pb.RunPluginResponse().setStdout(chunk)));
  child.stderr.on("data", (chunk: Buffer) => call.write(new pb.RunPluginResponse().setStderr(chunk)));
  child.on("close", (code) => {
    call.write(new pb.RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
  call.on("cancelled", () => child.kill());
  process.on("exit", () => child.kill());
};

function unary<Q, A>(work: (request: Q) => Promise<A>): handleUnaryCall<Q, A> {
  return (call, callback) => void work(call.request).then((answer) => callback(null, answer), callback);
}

// The CLI doesn't end its language host where it refuses a stack's configuration by itself.
const cli = process.ppid;
setInterval(() => process.ppid === cli || process.exit(), 1_000);

const server = new Server();
server.addService(LanguageRuntimeService, {
  getPluginInfo: unary(async () => new PluginInfo().setVersion("1.0.0")),
  getRequiredPlugins: unary(async () => new pb.GetRequiredPluginsResponse()),
  getRequiredPackages: unary(async () => new pb.GetRequiredPackagesResponse()),
  run: unary(run),
  runPlugin,
} as unknown as Parameters<Server["addService"]>[1]);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
