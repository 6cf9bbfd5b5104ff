import * as net from "node:net";

/** A line to a port of this machine that can be cut, as a network is: without a goodbye. */
export async function openLine(to: number) {
  const open = new Set<net.Socket>();
  let broken = false;
  const server = net.createServer((near) => {
    if (broken) return void near.destroy();
    const far = net.connect(to, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => open.delete(one));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    broken = true;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    cut,
    mend: () => void (broken = false),
    close() {
      cut();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
