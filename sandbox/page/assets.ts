import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import type { LocalAnswer, LocalRequest } from "../wire/httpServer";

/** Everything comes from here: no inline script or style, no other site, no frame. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

interface Asset {
  type: string;
  plain: Buffer;
  gzipped: Buffer;
  etag: string;
}

const folder = path.join(__dirname, "assets");
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Reads the page's files once, the chart library's from node_modules. Paths are those of the URL. */
export function loadAssets(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const file of fs.readdirSync(folder)) {
    const type = types[path.extname(file)];
    if (type) assets.set(`/${file}`, asset(type, path.join(folder, file)));
  }
  for (const file of ["uPlot.iife.min.js", "uPlot.min.css"]) {
    assets.set(`/${file}`, asset(types[path.extname(file)]!, require.resolve(`uplot/dist/${file}`)));
  }
  assets.set("/", assets.get("/index.html")!);
  return assets;
}

function asset(type: string, file: string): Asset {
  const plain = fs.readFileSync(file);
  const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`;
  return { type, plain, gzipped: gzipSync(plain, { level: 9 }), etag };
}

export function answerAsset({ type, plain, gzipped, etag }: Asset, { method, headers }: LocalRequest): LocalAnswer {
  const common = { ...securityHeaders, "content-type": type, etag, "cache-control": "no-cache", vary: "accept-encoding" };
  if (headers["if-none-match"] === etag) return { status: 304, headers: common, body: "" };
  const zipped = /\bgzip\b/.test(headers["accept-encoding"] ?? "");
  const body = zipped ? gzipped : plain;
  const encoding: Record<string, string> = zipped ? { "content-encoding": "gzip" } : {};
  // A HEAD has the length of the body that GET would send, and no body.
  if (method === "HEAD")
    return { status: 200, headers: { ...common, ...encoding, "content-length": String(body.length) }, body: "" };
  return { status: 200, headers: { ...common, ...encoding }, body };
}
