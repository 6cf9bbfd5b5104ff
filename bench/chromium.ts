import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";

/** Debian's package; tests/browser/run installs it. */
const executablePath = "/usr/bin/chromium";

const quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const hasBrowser = () => fs.existsSync(executablePath);

export interface Browsing {
  context: BrowserContext;
  page: Page;
  /** What the console said and what was thrown, so far. */
  complaints: string[];
  close(): Promise<void>;
}

export interface BrowsingOptions {
  width?: number;
  height?: number;
  dark?: boolean;
  flags?: string[];
}

/** A browser of its own with an empty profile. */
export async function browse({ width = 1440, height = 1000, dark = false, flags = [] }: BrowsingOptions = {}): Promise<Browsing> {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...quiet, ...offline, ...flags],
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return {
    context,
    page,
    complaints,
    async close() {
      await context.close();
      fs.rmSync(profile, { recursive: true, force: true });
    },
  };
}
