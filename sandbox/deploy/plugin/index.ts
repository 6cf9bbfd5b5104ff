import { Metadata, Server, ServerCredentials, status, type handleUnaryCall } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Cloud, Principal } from "../../core/cloud";
import { createProvider } from "../provider";
import type { Unfinished } from "../provider/handler";
import { operationsOf, type Diff, type Operations } from "./operations";
import { isUnknown, propertiesOf, structOf } from "./values";

/** Runs one piece of work after another. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

export interface Plugin {
  /** For PULUMI_DEBUG_PROVIDERS=aws:PORT. */
  port: number;
  close(): void;
}

/**
 * The sandbox's provider as a resource plugin, for Pulumi's own engine in place of AWS's provider.
 * @param principal who runs `pulumi`.
 * @param exclusively keeps virtual time still while an operation runs, and lets only one of them wait for it.
 */
export async function startPlugin(cloud: Cloud, principal: Principal, exclusively = inTurn()): Promise<Plugin> {
  const operations = operationsOf(createProvider(cloud, principal));
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceProviderService, {
    ...configuration(cloud.region),
    ...resources(operations, exclusively),
  } as unknown as Parameters<Server["addService"]>[1]);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, close: () => server.forceShutdown() };
}

function configuration(region: string) {
  return {
    attach: unary(async () => new Empty()),
    cancel: unary(async () => new Empty()),
    getPluginInfo: unary(async () => new PluginInfo().setVersion(version)),
    checkConfig: unary(async (request: pb.CheckRequest) => {
      const response = new pb.CheckResponse().setInputs(request.getNews());
      const given = propertiesOf(request.getNews())["region"] as unknown;
      if (given === undefined || given === region || isUnknown(given)) return response;
      const failure = new pb.CheckFailure()
        .setProperty("region")
        .setReason(`the sandbox is in ${region}, not in ${String(given)}`);
      return response.setFailuresList([failure]);
    }),
    diffConfig: unary(async () => new pb.DiffResponse().setChanges(pb.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary(async () => new pb.ConfigureResponse().setSupportspreview(true)),
  };
}

const { version } = require("@pulumi/aws/package.json") as { version: string };

function resources(operations: Operations, exclusively: Exclusively) {
  const named = (request: { getType(): string; getName(): string }) => ({ type: request.getType(), name: request.getName() });
  const call = <Q, A>(work: (request: Q) => Promise<A>) => unary((request: Q) => exclusively(() => work(request)));
  return {
    check: call(async (request: pb.CheckRequest) => {
      operations.check(named(request));
      return new pb.CheckResponse().setInputs(request.getNews());
    }),
    diff: call(async (request: pb.DiffRequest) => {
      const [before, after] = [propertiesOf(request.getOldInputs()), propertiesOf(request.getNews())];
      return diffResponse(operations.diff(named(request), before, after, request.getIgnorechangesList()));
    }),
    create: call(async (request: pb.CreateRequest) => {
      const { id, state } = await operations.create(named(request), propertiesOf(request.getProperties()), request.getPreview());
      return new pb.CreateResponse().setId(id).setProperties(structOf(state));
    }),
    read: call(async (request: pb.ReadRequest) => {
      const [state, inputs] = [propertiesOf(request.getProperties()), propertiesOf(request.getInputs())];
      const live = await operations.read(named(request), request.getId(), state, inputs);
      if (!live) return new pb.ReadResponse();
      return new pb.ReadResponse().setId(request.getId()).setProperties(structOf(live.state)).setInputs(structOf(live.inputs));
    }),
    update: call(async (request: pb.UpdateRequest) => {
      const [state, inputs] = [propertiesOf(request.getOlds()), propertiesOf(request.getNews())];
      const updated = await operations.update(named(request), request.getId(), state, inputs, request.getPreview());
      return new pb.UpdateResponse().setProperties(structOf(updated));
    }),
    delete: call(async (request: pb.DeleteRequest) => {
      await operations.delete(named(request), request.getId(), propertiesOf(request.getProperties()));
      return new Empty();
    }),
    invoke: call(async (request: pb.InvokeRequest) => {
      const answer = await operations.invoke(request.getTok(), propertiesOf(request.getArgs()));
      return new pb.InvokeResponse().setReturn(structOf(answer));
    }),
  };
}

function diffResponse({ differences, replaces, deleteFirst }: Diff): pb.DiffResponse {
  const { DIFF_SOME, DIFF_NONE } = pb.DiffResponse.DiffChanges;
  const response = new pb.DiffResponse()
    .setChanges(differences.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setReplacesList(replaces)
    .setDeletebeforereplace(deleteFirst)
    .setDiffsList([...new Set(differences.map(({ path }) => path.split(/[.[]/)[0] ?? path))])
    .setHasdetaileddiff(true);
  for (const { path, kind } of differences) {
    const replace = replaces.includes(path.split(/[.[]/)[0] ?? path) ? "_REPLACE" : "";
    const key = `${kind.toUpperCase()}${replace}` as keyof typeof pb.PropertyDiff.Kind;
    response.getDetaileddiffMap().set(path, new pb.PropertyDiff().setKind(pb.PropertyDiff.Kind[key]).setInputdiff(true));
  }
  return response;
}

/** Errors of services as the AWS provider's users see them: name, then what it says. */
function unary<Q, A>(work: (request: Q) => Promise<A>): handleUnaryCall<Q, A> {
  return (call, callback) => {
    work(call.request).then(
      (answer) => callback(null, answer),
      (error: Error | Unfinished) => {
        const details = `${error.name}: ${error.message}`;
        callback({ code: status.UNKNOWN, details, ...("created" in error && { metadata: unfinished(error, details) }) });
      },
    );
  };
}

/** Tells the engine what is there of a resource whose creation failed, in the way of every provider: as details of the error's status. */
function unfinished({ created }: Unfinished, reason: string): Metadata {
  const failed = new pb.ErrorResourceInitFailed();
  failed.setId(created.id).setProperties(structOf(created.state)).setReasonsList([reason]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const said = new Status();
  said.setCode(status.UNKNOWN);
  said.setMessage(reason);
  said.addDetails(detail);
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(said.serializeBinary()));
  return metadata;
}

function inTurn(): Exclusively {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
