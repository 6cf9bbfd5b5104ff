import * as http from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A line to a server of this machine that can be cut, as a network is: without a goodbye. */
export async function openLine(to: number) {
  const open = new Set<Socket>();
  let broken = false;
  const server = http.createServer((near, answer) => {
    // The server knows only its own address as a page's origin.
    const { origin, ...rest } = near.headers;
    const headers = { ...rest, ...(origin === undefined ? {} : { origin: `http://127.0.0.1:${to}` }) };
    const far = http.request({ host: "127.0.0.1", port: to, path: near.url, method: near.method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      answer.flushHeaders();
      response.pipe(answer);
    });
    far.on("error", () => answer.destroy());
    answer.on("close", () => far.destroy());
    near.pipe(far);
  });
  server.on("connection", (socket) => {
    if (broken) return void socket.destroy();
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    broken = true;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    mend: () => void (broken = false),
    close() {
      cut();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
