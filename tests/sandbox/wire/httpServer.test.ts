// Source: the sandbox's own
import { strict as assert } from "node:assert";
import * as http2 from "node:http2";
import * as net from "node:net";
import { listenLocally, type LocalServer } from "../../../sandbox/wire/httpServer";
import { send } from "./fixture";

const limit = 100_000;

/** Says these bytes on a connection of its own; what the server says until it closes the connection. */
function say(port: number, text: string, thenEnd = false): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = "";
    const socket = net.connect(port, "127.0.0.1", () => {
      if (text !== "") socket.write(text);
      if (thenEnd) socket.end();
    });
    socket.on("data", (chunk) => (heard += chunk));
    socket.on("close", () => resolve(heard));
    socket.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" ? resolve(heard) : reject(error)));
  });
}

describe("a server that only this machine reaches", () => {
  let server: LocalServer;
  before(async () => {
    server = await listenLocally({ port: 0, maxBodyBytes: limit, requestTimeoutMs: 300 }, async (request) => {
      if (request.path === "/broken") throw new TypeError("a bug of the handler");
      return {
        status: 200,
        headers: { "content-type": "text/plain" },
        body: `${request.method} ${request.url} ${request.body.length}`,
      };
    });
  });
  after(() => server.close());

  it("answers 127.0.0.1, localhost, names under .localhost and [::1] as Host, with any port", async () => {
    for (const host of ["127.0.0.1", `127.0.0.1:${server.port}`, "localhost:1", "LOCALHOST", "api.localhost:80", "[::1]:9"]) {
      const answer = await send(server.port, { method: "GET", path: "/a?b", headers: { host } });
      assert.deepEqual([answer.status, answer.text], [200, "GET /a?b 0"], host);
    }
  });

  it("answers 403 to every other Host: a page of another name can't reach it by DNS rebinding", async () => {
    for (const host of [
      "evil.example",
      "127.0.0.1.evil.example",
      "localhost.evil.example",
      "192.168.0.1",
      "0.0.0.0",
      "a b",
      "[::2]",
    ]) {
      const answer = await send(server.port, { headers: { host }, body: "x" });
      assert.equal(answer.status, 403, host);
      assert.match(answer.text, /isn't this machine: use 127\.0\.0\.1 or localhost/);
    }
  });

  it("answers its own page's Origin and refuses every other with 403", async () => {
    for (const origin of [`http://127.0.0.1:${server.port}`, `http://localhost:${server.port}`]) {
      assert.equal((await send(server.port, { headers: { origin } })).status, 200, origin);
    }
    for (const origin of [
      "http://evil.example",
      "null",
      `https://127.0.0.1:${server.port}`,
      "http://127.0.0.1:1",
      "http://localhost",
    ]) {
      assert.equal((await send(server.port, { headers: { origin } })).status, 403, origin);
    }
  });

  // Source: Fetch Metadata Request Headers (W3C)
  it("refuses what a browser sends for another site, and what changes something without an Origin", async () => {
    const own = `http://127.0.0.1:${server.port}`;
    const visit = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    const cases: [string, Record<string, string>, number][] = [
      ["POST", { "sec-fetch-site": "cross-site" }, 403],
      ["POST", { "sec-fetch-site": "cross-site", origin: own }, 403],
      ["POST", { "sec-fetch-site": "same-site", origin: own }, 403],
      ["POST", { "sec-fetch-site": "cross-site", ...visit }, 403],
      ["GET", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }, 403],
      ["GET", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }, 403],
      ["GET", { "sec-fetch-site": "cross-site", ...visit }, 200],
      ["GET", { "sec-fetch-site": "none", ...visit }, 200],
      ["GET", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" }, 200],
      ["POST", { "sec-fetch-site": "same-origin", origin: own }, 200],
      ["POST", { "sec-fetch-site": "same-origin" }, 403],
      ["DELETE", { "sec-fetch-site": "none" }, 403],
      ["POST", { "sec-fetch-mode": "cors" }, 200],
      ["POST", {}, 200],
    ];
    for (const [method, headers, status] of cases) {
      const answer = await send(server.port, { method, headers, body: method === "GET" ? undefined : "x" });
      assert.equal(answer.status, status, `${method} ${JSON.stringify(headers)}: ${answer.text}`);
    }
    const nodes = await fetch(own, { method: "POST", body: "x" });
    assert.equal(nodes.status, 200, "Node's own fetch is a client like curl");
  });

  it("gives no permission to scripts of other origins (no CORS headers)", async () => {
    const answer = await send(server.port, {
      method: "OPTIONS",
      headers: { origin: "http://evil.example", "access-control-request-method": "POST" },
    });
    assert.equal(answer.status, 403);
    assert.deepEqual(
      Object.keys(answer.headers).filter((name) => name.startsWith("access-control")),
      [],
    );
  });

  it("takes a body up to its limit and answers 413 to one byte more, announced or chunked", async () => {
    const chunked = { "transfer-encoding": "chunked" };
    assert.equal((await send(server.port, { body: Buffer.alloc(limit) })).text, `POST / ${limit}`);
    assert.equal((await send(server.port, { body: Buffer.alloc(limit + 1) })).status, 413);
    assert.equal((await send(server.port, { body: Buffer.alloc(limit), headers: chunked })).text, `POST / ${limit}`);
    assert.equal((await send(server.port, { body: Buffer.alloc(limit + 1), headers: chunked })).status, 413);
  });

  it("cuts off who goes on sending after 413", async () => {
    const answered = await new Promise<boolean>((resolve, reject) => {
      let heard = "";
      const socket = net.connect(server.port, "127.0.0.1");
      socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
      const more = setInterval(() => socket.write(chunk), 1);
      socket.on("data", (data) => (heard += data));
      socket.on("error", () => undefined);
      socket.on("close", () => {
        clearInterval(more);
        resolve(heard.startsWith("HTTP/1.1 413"));
      });
      setTimeout(reject, 5_000, new Error("the connection is still open")).unref();
    });
    assert.ok(answered);
  });

  it("answers 408 to a body that doesn't arrive in time", async () => {
    const heard = await say(server.port, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
    assert.match(heard, /^HTTP\/1\.1 408 /);
  });

  it("cuts off headers that don't arrive in time, and connections that say nothing", async () => {
    assert.match(await say(server.port, "POST / HTTP/1.1\r\nHost: localh"), /^(HTTP\/1\.1 408 |$)/);
    assert.equal(await say(server.port, ""), "");
    assert.equal(await say(server.port, "PRI * HT"), "");
  });

  it("answers 400 to what isn't HTTP and drops a broken HTTP/2 preface", async () => {
    assert.match(await say(server.port, "\u0000\u0001\u0002 nonsense\r\n\r\n"), /^HTTP\/1\.1 400 /);
    assert.match(
      await say(server.port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`),
      /^HTTP\/1\.1 431 /,
    );
    const heard = await say(server.port, `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${"\u00ff".repeat(50)}`);
    assert.ok(!heard.startsWith("HTTP/1"));
  });

  it("survives clients that go away at any moment", async () => {
    const whole = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n0123456789";
    for (let sent = 0; sent <= whole.length; sent += 7) {
      await new Promise<void>((resolve) => {
        const socket = net.connect(server.port, "127.0.0.1", () => {
          socket.write(whole.slice(0, sent), () => socket.resetAndDestroy());
        });
        socket.on("error", () => undefined);
        socket.on("close", () => resolve());
      });
    }
    assert.equal((await send(server.port, { body: "0123456789" })).text, "POST / 10");
  });

  it("answers several requests of one connection, and pipelined ones in order", async () => {
    const one = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const heard = await say(
      server.port,
      `${one("/1")}${one("/2")}GET /3 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    assert.deepEqual(heard.match(/GET \/\d 0/g), ["GET /1 0", "GET /2 0", "GET /3 0"]);
  });

  it("speaks HTTP/2 without TLS, with the same refusals", async () => {
    const session = http2.connect(`http://127.0.0.1:${server.port}`);
    const ask = (headers: http2.OutgoingHttpHeaders, body = Buffer.alloc(0)) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const request = session.request({ ":method": "POST", ":path": "/h2", ...headers });
        let status = 0;
        let text = "";
        request.on("response", (answer) => (status = Number(answer[":status"])));
        request.on("data", (chunk) => (text += chunk));
        request.on("end", () => resolve({ status, text }));
        request.on("error", reject);
        request.end(body);
      });
    assert.deepEqual(await ask({}, Buffer.from("four")), { status: 200, text: "POST /h2 4" });
    assert.equal((await ask({ ":authority": "evil.example" })).status, 403);
    assert.equal((await ask({ host: "evil.example", ":authority": "localhost" })).status, 403);
    assert.equal((await ask({ origin: "http://evil.example" })).status, 403);
    assert.equal((await ask({}, Buffer.alloc(limit + 1))).status, 413);
    assert.equal((await ask({ ":path": "/again" })).text, "POST /again 0");
    session.destroy();
  });

  it("answers 500 without details when the sandbox has a bug, and says on its terminal which", async () => {
    const logged: unknown[] = [];
    const log = console.error;
    console.error = (...what: unknown[]) => logged.push(...what);
    try {
      const answer = await send(server.port, { path: "/broken" });
      assert.deepEqual([answer.status, answer.text], [500, "The sandbox failed to answer; its terminal says why."]);
      assert.match(String(logged[0]), /a bug of the handler/);
    } finally {
      console.error = log;
    }
  });

  it("says when its port is taken", async () => {
    await assert.rejects(
      listenLocally({ port: server.port, maxBodyBytes: 1 }, async () => undefined),
      { code: "EADDRINUSE" },
    );
  });

  it("closes at once, whatever clients still have open", async () => {
    const other = await listenLocally({ port: 0, maxBodyBytes: limit }, async () => ({ status: 200, body: "" }));
    const sockets = [1, 2, 3].map(() => net.connect(other.port, "127.0.0.1"));
    for (const socket of sockets) socket.on("error", () => undefined);
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
    sockets[1]!.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n");
    sockets[2]!.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    await other.close();
  });
});
