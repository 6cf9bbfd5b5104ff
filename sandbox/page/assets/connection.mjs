/** Nothing heard for so long: the server sends a sign of life every three seconds. */
const silenceMs = 10_000;
const retryMs = [500, 1_000, 2_000, 5_000];
/** When a page that gave way to newer ones asks again, if somebody looks at it. */
const comeBackMs = 30_000;

/**
 * The stream of the sandbox's news. Reconnects by itself; after each connection the first message is `whole`.
 * @param {{
 *   url: () => string,
 *   whole: (message: import("../messages").WholeMessage) => void,
 *   change: (message: import("../messages").ChangeMessage) => void,
 *   outage: (words: string | undefined) => void,
 * }} options
 */
export function connect({ url, whole, change, outage }) {
  /** @type {EventSource | undefined} */
  let source;
  let tries = 0;
  let stopped = false;
  let heard = Date.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;

  const open = () => {
    clearTimeout(retry);
    source?.close();
    const opened = new EventSource(url());
    source = opened;
    const listen = (/** @type {string} */ name, /** @type {(message: any) => void} */ handle) =>
      opened.addEventListener(name, (event) => {
        heard = Date.now();
        handle(JSON.parse(/** @type {MessageEvent} */ (event).data));
      });
    listen("whole", (message) => {
      tries = 0;
      stopped = false;
      outage(undefined);
      whole(message);
    });
    listen("change", (message) => {
      outage(undefined);
      change(message);
    });
    listen("beat", () => outage(undefined));
    listen("stopped", () => {
      stopped = true;
      lost();
    });
    listen("full", ({ most }) => {
      opened.close();
      outage(
        `More than ${most} pages are open, and this one gave way to a newer one. It goes on in half a minute while you look at it.`,
      );
      clearTimeout(retry);
      retry = setTimeout(whenSeen, comeBackMs, open);
    });
    opened.addEventListener("error", lost);
  };

  const lost = () => {
    source?.close();
    outage(
      stopped
        ? "The sandbox was stopped. This is its last state; when it is started again (npm start), the page goes on by itself."
        : "The sandbox can't be reached. This is the last state that it sent; the page keeps trying.",
    );
    clearTimeout(retry);
    retry = setTimeout(open, retryMs[Math.min(tries++, retryMs.length - 1)]);
  };

  setInterval(() => {
    if (source?.readyState === EventSource.OPEN && Date.now() - heard > silenceMs) {
      outage("The sandbox has not answered for ten seconds. It may be busy; the page goes on when it answers.");
    }
  }, 1_000);
  open();
  return { reopen: open };
}

/** @param {() => void} act at once if the page is in sight, else when it comes into sight. */
function whenSeen(act) {
  if (document.visibilityState === "visible") act();
  else document.addEventListener("visibilitychange", () => whenSeen(act), { once: true });
}

/**
 * @param {string} name
 * @param {Record<string, unknown>} input
 * @returns {Promise<{ ok: boolean, message: string, passing: boolean }>} `passing`: refused for now only
 */
export async function sendCommand(name, input) {
  try {
    const response = await fetch(`/commands/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const type = response.headers.get("content-type") ?? "";
    const message = type.includes("json") ? (await response.json()).message : await response.text();
    return { ok: response.ok, message, passing: [409, 429, 503].includes(response.status) };
  } catch {
    return { ok: false, message: "The sandbox can't be reached.", passing: true };
  }
}
