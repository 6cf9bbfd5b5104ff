import type { ServerResponse } from "node:http";
import { securityHeaders } from "./assets";

/** One browser that listens ("Server-sent events", HTML Standard). */
export interface EventStream {
  /** False when the browser doesn't keep up: what isn't sent is lost to it, and it needs everything again later. */
  send(event: string, data: string): boolean;
  /** Nothing waits in the connection. */
  readonly drained: boolean;
  /** @param retryMs when a browser that isn't told otherwise asks again. */
  close(retryMs?: number): void;
}

/** Bytes that may wait in a connection. A whole message of a day's data is about 2 MB. */
const mostWaiting = 4 * 1024 * 1024;

/** Takes the response over. @param closed called once, when the browser has gone or the stream was closed. */
export function openEventStream(response: ServerResponse, closed: () => void): EventStream {
  response.writeHead(200, {
    ...securityHeaders,
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  response.on("close", closed);
  // A socket that was reset: "close" follows.
  response.on("error", () => undefined);
  return {
    send(event, data) {
      if (/[\r\n]/.test(event) || /[\r\n]/.test(data)) throw new Error("an event's name and data must be one line each");
      if (response.writableLength > mostWaiting) return false;
      response.write(`event: ${event}\ndata: ${data}\n\n`);
      return true;
    },
    get drained() {
      return response.writableLength === 0;
    },
    close: (retryMs) => void response.end(retryMs === undefined ? "" : `retry: ${retryMs}\n\n`),
  };
}
