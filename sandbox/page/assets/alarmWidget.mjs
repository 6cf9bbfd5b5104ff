import { element, setText } from "./element.mjs";
import { clock } from "./format.mjs";

/** @typedef {import("../messages").AlarmView} AlarmView */

const marks = { OK: "✓", ALARM: "!", INSUFFICIENT_DATA: "…" };
const words = { OK: "OK", ALARM: "In alarm", INSUFFICIENT_DATA: "Insufficient data" };

/**
 * The states of the widget's alarms. The name and state are text; the reason is the title of each.
 * @param {HTMLElement} body
 * @param {any} properties
 */
export function createAlarmWidget(body, properties) {
  const list = element("ul", { class: "alarms" });
  const summary = element("p", { class: "alarm-summary muted" });
  body.append(summary, list);
  return {
    /** @param {AlarmView[]} all */
    updateAlarms(all) {
      const wanted = new Set(properties.alarms);
      const own = all.filter(({ arn }) => wanted.has(arn));
      const alarms = own.filter(({ state }) => properties.states?.includes(state) ?? true);
      alarms.sort(properties.sortBy ? (a, b) => b.since - a.since : bySeverity);
      const count = (/** @type {AlarmView["state"]} */ state) => own.filter((alarm) => alarm.state === state).length;
      setText(summary, `${count("ALARM")} in alarm, ${count("OK")} OK, ${count("INSUFFICIENT_DATA")} without data`);
      list.replaceChildren(...alarms.map(chip));
    },
  };
}

/**
 * @param {AlarmView} a
 * @param {AlarmView} b
 */
function bySeverity(a, b) {
  const order = ["ALARM", "INSUFFICIENT_DATA", "OK"];
  return order.indexOf(a.state) - order.indexOf(b.state) || (a.name < b.name ? -1 : 1);
}

/** @param {AlarmView} alarm */
function chip({ name, state, reason, description, since }) {
  const title = `${words[state]} since ${clock(since)}. ${reason}${description ? `\n${description}` : ""}`;
  return element(
    "li",
    { class: `alarm ${state.toLowerCase()}`, title },
    element("span", { class: "mark", "aria-hidden": "true" }, marks[state]),
    element("span", { class: "name" }, name),
    element("span", { class: "unseen" }, `: ${words[state]}`),
  );
}
