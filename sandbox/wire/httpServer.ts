import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** A request whose host and origin are the sandbox's own and whose body is whole and not too large. */
export interface LocalRequest {
  method: string;
  /** Path with query as it stands in the request line. */
  url: string;
  path: string;
  /** Lower-case names; repeated headers joined by ", ". */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

export interface LocalAnswer {
  status: number;
  headers?: Record<string, string>;
  body: Buffer | string;
}

/** Answers a request, or takes the response over (event streams) and returns undefined. */
export type LocalHandler = (request: LocalRequest, response: http.ServerResponse) => Promise<LocalAnswer | undefined>;

export interface LocalServer {
  port: number;
  close(): Promise<void>;
}

export interface LocalServerOptions {
  /** 0: any free port. */
  port: number;
  maxBodyBytes: number;
}

const loopback = "127.0.0.1";
const requestTimeoutMs = 30_000;

/**
 * A server that only this machine reaches: it binds to loopback, answers 403 to a Host that isn't loopback (DNS rebinding)
 * and to an Origin that isn't its own (other sites' pages), 413 to a body over the limit.
 * @throws Error (code EADDRINUSE) when the port is taken.
 */
export async function listenLocally(options: LocalServerOptions, handle: LocalHandler): Promise<LocalServer> {
  const server = http.createServer((request, response) => void answer(request, response, options, handle));
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = requestTimeoutMs;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, loopback, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  options: LocalServerOptions,
  handle: LocalHandler,
): Promise<void> {
  const refused = refusal(request);
  if (refused) return send(response, { status: 403, body: refused });
  const body = await readBody(request, options.maxBodyBytes);
  if (body === "too large") {
    response.shouldKeepAlive = false;
    return send(response, { status: 413, body: `The body is larger than ${options.maxBodyBytes} bytes.` });
  }
  if (body === "aborted") return;
  const url = request.url ?? "/";
  const local: LocalRequest = {
    method: request.method ?? "GET",
    url,
    path: url.split("?")[0] ?? "/",
    headers: flatten(request.headers),
    body,
  };
  try {
    const answered = await handle(local, response);
    if (answered) send(response, answered);
  } catch (error) {
    // A bug of the sandbox: say so on its own terminal, tell the client no details.
    console.error(error);
    if (!response.headersSent) send(response, { status: 500, body: "The sandbox failed to answer; its terminal says why." });
  }
}

/** Why the request is refused, or undefined. */
function refusal(request: http.IncomingMessage): string | undefined {
  const host = hostName(request.headers.host);
  if (!host || !isLoopback(host)) return `Host "${request.headers.host ?? ""}" isn't this machine: use 127.0.0.1 or localhost.`;
  const origin = request.headers.origin;
  if (origin === undefined) return undefined;
  const local = request.socket.localPort;
  const own = [`http://127.0.0.1:${local}`, `http://localhost:${local}`, `http://[::1]:${local}`];
  return own.includes(origin) ? undefined : `Origin "${origin}" isn't the sandbox's own.`;
}

function hostName(host: string | undefined): string | undefined {
  return /^(\[[0-9a-f:]+\]|[^:/\s]+)(:\d+)?$/i.exec(host ?? "")?.[1];
}

function isLoopback(name: string): boolean {
  return name === loopback || name === "[::1]" || name === "localhost" || name.endsWith(".localhost");
}

function readBody(request: http.IncomingMessage, limit: number): Promise<Buffer | "too large" | "aborted"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        resolve("too large");
      } else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("close", () => resolve("aborted"));
  });
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

function send(response: http.ServerResponse, { status, headers, body }: LocalAnswer): void {
  response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers });
  response.end(body);
}
