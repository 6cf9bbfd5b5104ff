import { byId, element, setText } from "./element.mjs";
import { clock, day, duration } from "./format.mjs";

/** @typedef {import("../messages").TimelineEntry} Entry */

const shown = 80;
/** Screen readers are told at most so often. */
const announceMs = 4_000;
const marks = { out: "▲", in: "▼", problem: "!", information: "i", command: "⏵" };
const meanings = { out: "Scale out", in: "Scale in", problem: "Problem", information: "Information", command: "Command" };

/** What was decided, why, and when it was done; the newest first. */
export function createTimelineList() {
  const list = byId("timeline");
  const empty = byId("timeline-empty");
  const announcer = byId("announcer");
  /** @type {Map<number, { entry: Entry, item: HTMLElement }>} */
  const items = new Map();
  /** @type {string[]} */
  let unsaid = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saying;

  const announce = (/** @type {Entry} */ { who, title }) => {
    unsaid = [...unsaid, `${who}: ${title}`].slice(-3);
    saying ??= setTimeout(() => {
      setText(announcer, unsaid.join(" "));
      unsaid = [];
      saying = undefined;
    }, announceMs);
  };

  const put = (/** @type {Entry} */ entry) => {
    const item = render(entry);
    const before = items.get(entry.id);
    if (before) before.item.replaceWith(item);
    else list.prepend(item);
    items.set(entry.id, { entry, item });
    return before === undefined;
  };

  return {
    /** @param {Entry[]} entries */
    reset(entries) {
      list.replaceChildren();
      items.clear();
      for (const entry of entries.slice(-shown)) put(entry);
      empty.hidden = items.size > 0;
    },
    /** @param {Entry[]} entries */
    update(entries) {
      for (const entry of entries) if (put(entry)) announce(entry);
      for (const [id, { item }] of items) {
        if (items.size <= shown) break;
        item.remove();
        items.delete(id);
      }
      empty.hidden = items.size > 0;
    },
  };
}

/** @param {Entry} entry */
function render(entry) {
  const { time, who, kind, title, why, state, waits, steps, closed, outcome, again } = entry;
  const text = element("div", { class: "text" }, element("p", { class: "title" }, element("b", {}, who), " ", title));
  if (why) text.append(element("p", { class: "why" }, why));
  if (steps.length > 0) {
    text.append(
      element("ul", {}, ...steps.map((step) => element("li", {}, element("time", {}, stepTime(step)), " ", step.text))),
    );
  }
  if (again) text.append(element("p", { class: "why" }, `${again.times} times until ${clock(again.until)}`));
  if (waits) text.append(element("p", { class: "waits" }, waits));
  if (outcome && state !== "done") text.append(element("p", { class: "outcome" }, outcome));
  return element(
    "li",
    { class: `entry ${kind} ${state}` },
    element("time", { title: day(time) }, clock(time)),
    element("span", { class: "mark", "aria-hidden": "true" }, marks[kind]),
    element("span", { class: "unseen" }, `${meanings[kind]}: `),
    text,
    stateWords(state, time, closed),
  );
}

/** @param {Entry["steps"][number]} step */
const stepTime = ({ time, done }) => (done === undefined ? `${clock(time)} –` : `${clock(time)} – ${clock(done)}`);

/**
 * @param {Entry["state"]} state
 * @param {number} time
 * @param {number | undefined} closed
 */
function stateWords(state, time, closed) {
  if (state === "noted") return element("span");
  if (state === "open") return element("span", { class: "state" }, "under way");
  const words = { done: "done", failed: "failed", replaced: "replaced" }[state];
  return element(
    "span",
    { class: "state", title: closed === undefined ? "" : `after ${duration(closed - time)}` },
    closed === undefined ? words : `${words} ${clock(closed)}`,
  );
}
