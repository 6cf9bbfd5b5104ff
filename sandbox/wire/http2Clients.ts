import type * as http from "node:http";
import * as http2 from "node:http2";
import type * as net from "node:net";

/** What an HTTP/2 client says first ("HTTP/2", RFC 9113, section 3.4); no HTTP/1 method begins like it. */
const preface = Buffer.from("PRI * HTTP/2.0");

/**
 * Lets clients speak HTTP/2 without TLS to `server`'s port, as the SDK's Kinesis client does to a plain endpoint URL.
 * Node hands HTTP/2 requests over in the shape of HTTP/1 ones ("Compatibility API").
 * @param idleMs a connection that says nothing for so long is closed.
 */
export function acceptHttp2(server: http.Server, listener: http.RequestListener, idleMs: number): void {
  const plain = server.listeners("connection") as ((socket: net.Socket) => void)[];
  const server2 = http2.createServer(listener as unknown as (request: http2.Http2ServerRequest) => void);
  server2.on("session", (session) => session.setTimeout(idleMs, () => session.close()));
  server2.on("sessionError", () => undefined);
  const hand = (socket: net.Socket, start: Buffer, speaksHttp2: boolean) => {
    socket.removeAllListeners("timeout").removeListener("error", ignore).setTimeout(0);
    socket.pause();
    socket.unshift(start);
    if (speaksHttp2) server2.emit("connection", socket);
    else for (const accept of plain) accept.call(server, socket);
    process.nextTick(() => socket.resume());
  };
  server.removeAllListeners("connection").on("connection", (socket: net.Socket) => {
    socket.setTimeout(idleMs, () => socket.destroy());
    socket.on("error", ignore);
    let start = Buffer.alloc(0);
    const peek = (chunk: Buffer) => {
      start = Buffer.concat([start, chunk]);
      const compared = Math.min(start.length, preface.length);
      const may = start.subarray(0, compared).equals(preface.subarray(0, compared));
      if (may && start.length < preface.length) return;
      socket.removeListener("data", peek);
      hand(socket, start, may);
    };
    socket.on("data", peek);
  });
}

function ignore(): void {
  // A client that goes away before it has said which protocol it speaks is no error of ours.
}
