import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { send, signed, type RawAnswer } from "../sandbox/wire/fixture";

/** Stands for a signature in requests that the proxy is to sign. */
export const pleaseSign = "please-sign";

export interface Exchange {
  method: string;
  path: string;
  /** It was signed. */
  signed: boolean;
  answer: RawAnswer;
}

export interface SigningProxy {
  url: string;
  close(): Promise<void>;
}

/**
 * Hands requests on to the sandbox's endpoint one after the other, and signs those that ask for it: a fuzzer can't sign what it
 * makes. @param prefix of the path there. @param around runs an exchange.
 */
export async function startSigningProxy(
  port: number,
  prefix: string,
  around: (exchange: () => Promise<Exchange>) => Promise<Exchange>,
): Promise<SigningProxy> {
  let last: Promise<unknown> = Promise.resolve();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const mine = last.then(async () => {
        const { answer } = await around(() => handOn(request, Buffer.concat(chunks)));
        const { "content-length": _length, "transfer-encoding": _encoding, connection: _connection, ...headers } = answer.headers;
        response.writeHead(answer.status, headers as http.OutgoingHttpHeaders).end(answer.body);
      });
      last = mine.catch((error: unknown) => response.destroy(error as Error));
    });
  });

  async function handOn(request: http.IncomingMessage, body: Buffer): Promise<Exchange> {
    const { method = "GET", url = "/" } = request;
    const { host: _host, authorization, connection: _connection, "content-length": _length, ...rest } = request.headers;
    const sign = authorization === pleaseSign;
    const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
    const path = `${prefix}${url}`;
    // A body without a length would be none to the server.
    const raw = { method, path, headers, body };
    const unsigned = { ...raw, headers: { ...headers, ...(authorization !== undefined && { authorization }) } };
    const answer = await send(port, sign ? await signed(port, raw as never, { service: "execute-api" }) : unsigned);
    return { method, path: url, signed: sign, answer };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
