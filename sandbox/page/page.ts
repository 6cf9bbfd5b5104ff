import type { ServerResponse } from "node:http";
import { listenLocally, type LocalAnswer, type LocalRequest, type LocalServer } from "../wire/httpServer";
import { jsonProblem } from "../wire/bodyLimits";
import { answerAsset, loadAssets, securityHeaders } from "./assets";
import { createAudience } from "./audience";
import { commandError, isCommandError, type Input } from "./commandInput";
import { commands } from "./commands";
import { startFeeds, type Feeds } from "./feed";
import type { RunState } from "./messages";
import type { PageSession } from "./session";
import type { ViewOptions } from "./view";

export type { PageSession } from "./session";

export interface PageOptions {
  /** 0: any free port. */
  port: number;
  session: PageSession;
}

/** A trace is sent as one text. */
const maxBodyBytes = 100 * 1024 * 1024;
const commandLimits = { depth: 4, values: 100 };
/** The page looks at the sandbox this often, ms, and rests this many times as long as looking took. */
const lookEveryMs = 250;
const restFactor = 9;
/** The same where somebody came or did something: sooner, but not at once again and again. */
const askedRestFactor = 3;
const beatEveryMs = 3_000;

/** Time ranges that can be chosen, minutes. */
export const ranges = [60, 180, 720, 1440, 4320] as const;
const defaultRange = 180;

/**
 * Serves the page on this machine alone. Closing it tells the browsers that the sandbox was stopped.
 * @throws Error (code EADDRINUSE) when the port is taken.
 */
export async function startPage({ port, session }: PageOptions): Promise<LocalServer> {
  const machineClock = () => performance.now();
  const assets = loadAssets();
  const audience = createAudience(machineClock);
  let feeds: Feeds | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let beatDue = 0;
  let told = "";
  let looking: Promise<void> = Promise.resolve();
  let asked = false;
  let lookTook = 0;
  let restUntil = 0;
  let complaint = "";

  const follow = async () => {
    const sandbox = session.current();
    if (feeds?.sandbox === sandbox) return;
    feeds?.end();
    feeds = undefined;
    feeds = sandbox && (await startFeeds(sandbox));
  };

  const tell = async () => {
    await follow();
    if (closed || audience.size === 0) return;
    const before = stamp(feeds, runState(session));
    await audience.tell(feeds, () => runState(session));
    told = before;
    beatDue = machineClock() + beatEveryMs;
  };

  /** A fault of the page: said on the terminal, and the sandbox goes on. */
  const complain = (error: unknown) => {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (words !== complaint) console.error(`The page can't show the sandbox's state; this is a fault of the sandbox.\n${words}`);
    complaint = words;
  };

  /**
   * Tells what is new. Runs one after the other: each message is based on the one before. Whoever asks while a look is waiting to
   * begin has it too, and between two looks there is a rest: three hundred browsers that come at once are three looks.
   */
  const look = (): Promise<void> => {
    if (asked) return looking;
    asked = true;
    looking = looking.then(async () => {
      const rest = restUntil - machineClock();
      if (rest > 0 && !closed) await new Promise((resolve) => setTimeout(resolve, rest));
      asked = false;
      const begin = machineClock();
      await tell().catch(complain);
      lookTook = machineClock() - begin;
      restUntil = machineClock() + askedRestFactor * lookTook;
    });
    return looking;
  };

  const tick = async () => {
    lookTook = 0;
    const news = stamp(feeds, runState(session)) !== told || feeds?.sandbox !== session.current() || audience.behind;
    if (news) await look();
    else if (machineClock() >= beatDue) {
      audience.beat();
      beatDue = machineClock() + beatEveryMs;
    }
    if (!closed) timer = setTimeout(() => void tick(), Math.max(lookEveryMs, restFactor * lookTook));
  };

  const handle = async (request: LocalRequest, response: ServerResponse): Promise<LocalAnswer | undefined> => {
    if (request.path.startsWith("/commands/")) {
      const answer = await answerCommand(session, request, (time, text) => feeds?.command(time, text));
      void look();
      return answer;
    }
    if (request.method !== "GET" && request.method !== "HEAD") return plain(405, `${request.method} is not allowed here.`);
    if (request.path === "/events" && request.method === "GET") {
      audience.join(response, viewOptions(request.url));
      void look();
      return undefined;
    }
    const asset = assets.get(request.path);
    return asset ? answerAsset(asset, request) : plain(404, "There is no such page. The sandbox's page is at /.");
  };

  await follow();
  const unsubscribe = session.subscribe(() => void look());
  const server = await listenLocally({ port, maxBodyBytes, needsOrigin: true }, handle).catch((error: unknown) => {
    unsubscribe();
    feeds?.end();
    throw error;
  });
  void tick();
  return {
    port: server.port,
    async close() {
      closed = true;
      clearTimeout(timer);
      unsubscribe();
      await looking;
      feeds?.end();
      audience.end();
      await server.close();
    },
  };
}

/** Differs when there may be something to tell. */
function stamp(feeds: Feeds | undefined, run: RunState): string {
  return JSON.stringify([run, feeds?.stamp()]);
}

function runState(session: PageSession): RunState {
  const sandbox = session.current();
  const { stack, stacks, speed, paused, ended } = session;
  const traffic = sandbox?.producer.traffic();
  return {
    stack,
    stacks,
    pipelines: sandbox?.pipelines.flatMap(({ deployment }) => deployment.config.pipeline || []) ?? [],
    speed,
    state: !sandbox ? "starting" : ended ? "ended" : paused ? "paused" : "running",
    time: sandbox?.cloud.clock.now() ?? 0,
    traffic: traffic?.name ?? "",
    played: sandbox?.producer.minutesPlayed() ?? 0,
    minutes: traffic?.minutes,
  };
}

/** What stands in the query: `pipeline`, a name, `range` in minutes, `var.ID` for a dashboard variable. Anything else has its default. */
function viewOptions(url: string): ViewOptions {
  const query = new URLSearchParams(url.split("?")[1] ?? "");
  const range = Number(query.get("range"));
  const variables = [...query].flatMap(([key, value]) => (key.startsWith("var.") ? [[key.slice(4), value] as const] : []));
  return {
    pipeline: query.get("pipeline") ?? "",
    rangeMinutes: ranges.find((known) => known === range) ?? defaultRange,
    variables: Object.fromEntries(variables.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

async function answerCommand(
  session: PageSession,
  request: LocalRequest,
  tell: (time: number, text: string) => void,
): Promise<LocalAnswer> {
  if (request.method !== "POST") return json(405, "Commands are sent by POST.");
  const name = request.path.slice("/commands/".length);
  if (!Object.hasOwn(commands, name))
    return json(404, `There is no command "${name.slice(0, 40)}"; known are ${Object.keys(commands).join(", ")}.`);
  try {
    const done = await commands[name]!(session, commandInput(request));
    const now = session.current()?.cloud.clock.now();
    if (done.told && now !== undefined) tell(now, done.text);
    return json(200, done.text);
  } catch (error) {
    if (isCommandError(error)) return json(error.status, error.message);
    throw error;
  }
}

function commandInput({ headers, body }: LocalRequest): Input {
  if (!/^application\/json\b/.test(headers["content-type"] ?? ""))
    throw commandError("A command's body must be application/json.");
  const problem = jsonProblem(body, commandLimits);
  if (problem !== undefined) throw commandError(problem);
  try {
    const input: unknown = JSON.parse(body.toString("utf8"));
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input as Input;
  } catch {
    // Told below.
  }
  throw commandError("A command's body must be a JSON object.");
}

const plain = (status: number, body: string): LocalAnswer => ({
  status,
  headers: { ...securityHeaders, "content-type": "text/plain; charset=utf-8" },
  body,
});

const json = (status: number, message: string): LocalAnswer => ({
  status,
  headers: { ...securityHeaders, "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  body: JSON.stringify({ message }),
});
