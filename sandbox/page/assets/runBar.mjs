import { byId, element, setText } from "./element.mjs";
import { dayAndClock, duration } from "./format.mjs";
import { remember, remembered } from "./memory.mjs";

/** @typedef {import("../messages").RunState} RunState */

const speeds = [
  ["1", "real time"],
  ["60", "60×"],
  ["480", "480×"],
  ["3600", "3,600×"],
  ["max", "maximum"],
];
const ranges = [
  ["60", "1 hour"],
  ["180", "3 hours"],
  ["720", "12 hours"],
  ["1440", "1 day"],
  ["4320", "3 days"],
];
const states = { running: "", paused: "paused", ended: "the time to be played is over", starting: "a sandbox is being started" };

/**
 * The bar at the top: where the simulated time is, and how it goes on.
 * @param {{ changed: () => void, send: import("./answer.mjs").Send }} handlers
 */
export function createRunBar({ changed, send }) {
  const pause = /** @type {HTMLButtonElement} */ (byId("pause"));
  const speed = /** @type {HTMLSelectElement} */ (byId("speed"));
  const range = /** @type {HTMLSelectElement} */ (byId("range"));
  const [name, now, state] = [byId("stack-name"), byId("now"), byId("run-state")];
  /** @type {RunState["state"]} */
  let last = "running";

  fill(speed, speeds);
  fill(range, ranges);
  range.value =
    remembered(
      "range",
      ranges.map(([value = ""]) => value),
    ) ?? "180";
  pause.addEventListener("click", () => send("pause", { paused: last === "running" }));
  speed.addEventListener("change", () => send("speed", { speed: speed.value === "max" ? "max" : Number(speed.value) }));
  range.addEventListener("change", () => {
    remember("range", range.value);
    changed();
  });
  const pipelines = pipelineChoice(changed);

  return {
    range: () => range.value,
    /** Name of the pipeline that is shown; "" where there is one only. */
    pipeline: pipelines.shown,
    /** @param {RunState} run */
    update(run) {
      last = run.state;
      setText(name, `stack ${run.stack}`);
      pipelines.offer(run.pipelines);
      setText(now, run.time === 0 ? "" : `${dayAndClock(run.time)} UTC`);
      setText(state, [played(run), states[run.state]].filter(Boolean).join(" · "));
      setText(pause, run.state === "running" ? "Pause" : run.state === "ended" ? "Run on" : "Continue");
      pause.disabled = run.state === "starting";
      document.title = `${run.state === "paused" ? "⏸ " : ""}Sluice · ${run.stack}`;
      if (document.activeElement === speed) return;
      const value = String(run.speed);
      if (![...speed.options].some((option) => option.value === value)) speed.append(element("option", { value }, `${value}×`));
      speed.value = value;
    },
  };
}

/** The pipelines of a stack that has several, and all of them together: what the whole page shows. */
function pipelineChoice(/** @type {() => void} */ changed) {
  const [label, select] = [byId("pipeline-choice"), /** @type {HTMLSelectElement} */ (byId("pipeline-shown"))];
  let offered = "";
  select.addEventListener("change", changed);
  return {
    shown: () => select.value,
    offer(/** @type {readonly string[]} */ names) {
      if (names.join() === offered) return;
      offered = names.join();
      label.hidden = names.length === 0;
      fill(select, names.length === 0 ? [] : [...names.map((name) => [name, name]), ["overview", "all of them"]]);
    },
  };
}

/**
 * How much of the traffic has been sent: "2 h of mine.csv".
 * @param {Pick<RunState, "traffic" | "played" | "minutes">} run
 */
export function played({ traffic, played, minutes = Infinity }) {
  if (played >= minutes) return `${traffic} is over`;
  return played > 0 ? `${duration(played * 60_000)} of ${traffic}` : traffic;
}

/**
 * @param {HTMLSelectElement} select
 * @param {string[][]} options
 */
function fill(select, options) {
  select.replaceChildren(...options.map(([value = "", words = ""]) => element("option", { value }, words)));
}
