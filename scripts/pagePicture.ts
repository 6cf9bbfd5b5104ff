/**
 * Makes docs/images/page.png: what `npm start` shows of the stack dev during the default traffic's first burst.
 *
 *     node -r ./sandbox/register.js scripts/pagePicture.ts
 */
import * as path from "node:path";
import { browse } from "../bench/chromium";
import { projectFolder } from "../sandbox/deploy/deploy";
import { readStackFiles, stacksIn } from "../sandbox/deploy/stackFiles";
import { defaultOptions } from "../sandbox/options";
import { startPage } from "../sandbox/page/page";
import { openSandbox } from "../sandbox/sandbox";
import { createSession } from "../sandbox/session";
import { defaultTraffic } from "../sandbox/traffic/defaultTraffic";

const file = path.join(projectFolder, "docs", "images", "page.png");
/** 02:45: both dimensions have scaled out. */
const minutes = 165;
const size = { width: 1280, height: 1560 };
/** Until the browser has drawn what it was sent, ms. */
const drawingMs = 1_500;

async function main(): Promise<void> {
  const { stack, seed, recordBytes, speed } = defaultOptions;
  const open = (name: string) =>
    openSandbox({ files: readStackFiles(projectFolder, name), traffic: defaultTraffic(seed), recordBytes, seed });
  const sandbox = await open(stack);
  const stacks = stacksIn(projectFolder);
  const session = createSession({ sandbox, stack, stacks, minutes: Infinity, speed, open });
  const server = await startPage({ port: 0, session });
  const { page, close } = await browse(size);
  await page.goto(`http://127.0.0.1:${server.port}`);
  await page.waitForSelector(".widget");
  await sandbox.advance(minutes);
  await page.waitForTimeout(drawingMs);
  await page.screenshot({ path: file });
  await close();
  await server.close();
  console.log(path.relative(process.cwd(), file));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
