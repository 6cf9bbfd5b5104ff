import * as http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { acceptHttp2 } from "./http2Clients";

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

/** Answers a request (HTTP/1 or HTTP/2, which Node gives the same shape), or takes the response over (event streams) and returns undefined. */
export type LocalHandler = (request: LocalRequest, response: http.ServerResponse) => Promise<LocalAnswer | undefined>;

export interface LocalServer {
  port: number;
  close(): Promise<void>;
}

export interface LocalServerOptions {
  /** 0: any free port. */
  port: number;
  maxBodyBytes: number;
  /** What a body over the limit is answered with. Default: 413 and a sentence. */
  tooLarge?: LocalAnswer;
  /** How long a request may take to arrive whole, ms; then it is cut off with 408. Default 30,000. */
  requestTimeoutMs?: number;
  /** Whether what changes something (every method but GET and HEAD) must name its Origin. For a page: AWS's clients name none. */
  needsOrigin?: boolean;
}

const loopback = "127.0.0.1";
const defaultTimeoutMs = 30_000;

/**
 * A server that only this machine reaches: it binds to loopback, answers 403 to a Host that isn't loopback (DNS rebinding)
 * and to what another site's page sends (Origin, Sec-Fetch-Site), 413 to a body over the limit, 408 to one that doesn't arrive in time.
 * @throws Error (code EADDRINUSE) when the port is taken.
 */
export async function listenLocally(options: LocalServerOptions, handle: LocalHandler): Promise<LocalServer> {
  const { requestTimeoutMs = defaultTimeoutMs } = options;
  const timeouts = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: requestTimeoutMs / 4,
  };
  const listener: http.RequestListener = (request, response) => void answer(request, response, options, handle);
  const server = http.createServer(timeouts, listener);
  acceptHttp2(server, listener, requestTimeoutMs);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
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
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  options: LocalServerOptions,
  handle: LocalHandler,
): Promise<void> {
  const refused = refusal(request, options.needsOrigin ?? false);
  if (refused) return send(response, { status: 403, body: refused });
  const body = await readBody(request, options);
  if (body === "too large") {
    const { tooLarge = { status: 413, body: `The body is larger than ${options.maxBodyBytes} bytes.` } } = options;
    return refuseBody(request, response, tooLarge, 2 * options.maxBodyBytes);
  }
  if (body === "too slow")
    return send(response, { status: 408, headers: lastAnswer(request), body: "The body didn't arrive in time." });
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
function refusal(request: http.IncomingMessage, needsOrigin: boolean): string | undefined {
  const foreign = hostsOf(request).find((host) => !isLoopback(hostName(host)));
  if (foreign !== undefined) return `Host "${foreign}" isn't this machine: use 127.0.0.1 or localhost.`;
  const { origin } = request.headers;
  const local = request.socket.localPort;
  const own = [`http://127.0.0.1:${local}`, `http://localhost:${local}`, `http://[::1]:${local}`];
  if (origin !== undefined && !own.includes(origin)) return `Origin "${origin}" isn't the sandbox's own.`;
  const changes = request.method !== "GET" && request.method !== "HEAD";
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && !ownSites.includes(String(site)) && (changes || !isVisit(request)))
    return `Sec-Fetch-Site "${site}": other sites' pages can't use the sandbox.`;
  // Sec-Fetch-Mode alone is no browser's: Node's fetch sends it.
  if (changes && origin === undefined && (needsOrigin || site !== undefined))
    return `What changes something needs its Origin; outside of a browser add the header "Origin: ${own[0]}".`;
  return undefined;
}

/** What a browser says of its own accord ("Fetch Metadata Request Headers", W3C): the page itself, or somebody who typed the address. */
const ownSites = ["same-origin", "none"];

/** A link on another site that somebody follows. */
function isVisit({ headers }: http.IncomingMessage): boolean {
  return headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}

/** HTTP/2 has :authority, with or without Host. */
function hostsOf({ headers }: http.IncomingMessage): string[] {
  const authority = headers[":authority"] as string | undefined;
  return authority === undefined ? [headers.host ?? ""] : [authority, headers.host ?? authority];
}

function hostName(host: string): string {
  return /^(\[[0-9a-f:]+\]|[^:/\s]+)(:\d+)?$/i.exec(host)?.[1]?.toLowerCase() ?? "";
}

function isLoopback(name: string): boolean {
  return name === loopback || name === "[::1]" || name === "localhost" || name.endsWith(".localhost");
}

type Unread = "too large" | "too slow" | "aborted";

function readBody(request: http.IncomingMessage, { maxBodyBytes, requestTimeoutMs = defaultTimeoutMs }: LocalServerOptions) {
  return new Promise<Buffer | Unread>((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (result: Buffer | Unread) => {
      clearTimeout(timer);
      request.removeAllListeners("data");
      resolve(result);
    };
    const timer = setTimeout(() => stop("too slow"), requestTimeoutMs);
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) {
        request.pause();
        stop("too large");
      } else chunks.push(chunk);
    });
    request.on("end", () => stop(Buffer.concat(chunks)));
    request.on("close", () => stop("aborted"));
    request.on("error", () => stop("aborted"));
  });
}

/** HTTP/1: the connection can't be used again, the rest of the body is still on its way. */
function lastAnswer(request: http.IncomingMessage): Record<string, string> {
  return request.httpVersionMajor < 2 ? { connection: "close" } : {};
}

/**
 * Answers while the body is still coming and reads on, up to `most` bytes more: clients that write the whole body before they read
 * (urllib3) would see a broken connection instead of the answer.
 */
function refuseBody(request: http.IncomingMessage, response: http.ServerResponse, refused: LocalAnswer, most: number): void {
  let left = most;
  const { status, headers, body } = refused;
  response.writeHead(status, { ...lastAnswer(request), "content-length": Buffer.byteLength(body), ...headers });
  response.write(body);
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on("end", () => response.end());
  request.resume();
}

/** HTTP/2's :authority stays, since clients sign it, and is Host too; the other pseudo-headers are method and path. */
function flatten(headers: http.IncomingHttpHeaders): Record<string, string | undefined> {
  const { ":method": _method, ":path": _path, ":scheme": _scheme, ...others } = headers;
  const entries = Object.entries({ host: headers[":authority"], ...others });
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
}

function send(response: http.ServerResponse, { status, headers, body }: LocalAnswer): void {
  response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers });
  response.end(body);
}
