import { byId, element, setAttribute, setText } from "./element.mjs";
import { figure } from "./format.mjs";

/** @typedef {import("../messages").PipelineState} PipelineState */

const missing = "MISSING";
const marks = { good: "●", changing: "◐", warning: "▲", bad: "■" };

/** Producer, stream and application as three cards in the order of the data's way. */
export function createPipelineStrip() {
  const producer = card("Producer");
  const stream = card("Stream", true);
  const application = card("Application", true);
  const arrow = () => element("span", { class: "arrow", "aria-hidden": "true" }, "→");
  byId("stages").append(producer.element, arrow(), stream.element, arrow(), application.element);
  const happening = byId("happening");
  return {
    /** @param {PipelineState} state */
    update(state) {
      producer.show({
        name: "",
        status: state.producer.status,
        health: state.producer.health,
        main: figure(state.producer.demand),
        unit: "records a second offered",
        rest: producerRest(state.producer, state.stream.status === missing),
      });
      stream.show({
        ...state.stream,
        main: String(state.stream.shards),
        unit: askedFor("shard", state.stream.shards, state.stream),
        rest: state.stream.status === missing ? "does not exist" : `between ${state.stream.min} and ${state.stream.max}`,
      });
      application.show({
        ...state.application,
        main: String(state.application.kpus),
        unit: askedFor("KPU", state.application.kpus, state.application),
        rest:
          state.application.status === missing
            ? "does not exist"
            : `between ${state.application.min} and ${state.application.max} · ${figure(state.application.lagSeconds)} s behind`,
      });
      setText(happening, state.now);
    },
  };
}

/**
 * @param {PipelineState["producer"]} producer
 * @param {boolean} nowhere there is no stream to send to
 */
function producerRest({ throttled, lost, waiting }, nowhere) {
  if (throttled === 0 && lost === 0)
    return waiting > 0 ? `${figure(waiting)} wait for their second attempt` : "nothing throttled, nothing lost";
  return `${figure(throttled)} a second ${nowhere ? "not taken" : "throttled"}, ${figure(lost)} lost`;
}

/**
 * @param {string} unit
 * @param {number} there
 * @param {{ desired?: number, observed: boolean }} stage
 */
function askedFor(unit, there, { desired, observed }) {
  const units = there === 1 ? unit : `${unit}s`;
  if (desired === undefined || desired === there) return units;
  return `${units}, ${desired} asked for${observed ? " (observe mode)" : ""}`;
}

/**
 * @param {string} title
 * @param {boolean} [measured] has a bar of its utilisation
 */
function card(title, measured = false) {
  const id = `stage-${title.toLowerCase()}`;
  const status = element("span", { class: "status" });
  const name = element("span", { class: "name" });
  const main = element("strong");
  const unit = element("span");
  const rest = element("p", { class: "muted rest" });
  const filled = element("span", { class: "filled" });
  const marksBox = element("span", { class: "marks" });
  const bar = element(
    "div",
    { class: "bar", role: "meter", "aria-label": `${title} utilisation`, "aria-valuemin": 0, "aria-valuemax": 100 },
    filled,
    marksBox,
  );
  const percent = element("span", { class: "percent" });
  const box = element(
    "section",
    { class: "stage", "aria-labelledby": id },
    element("header", {}, element("h3", { id }, title), name, status),
    element("p", { class: "capacity" }, main, " ", unit),
    ...(measured ? [element("div", { class: "utilisation" }, bar, percent)] : []),
    rest,
  );
  let thresholds = "";
  return {
    element: box,
    /** @param {{ name: string, status: string, health: keyof typeof marks, main: string, unit: string, rest: string, utilisation?: number, scaleInPercent?: number, scaleOutPercent?: number }} state */
    show(state) {
      setText(name, state.name);
      setText(status, `${marks[state.health]} ${state.status}`);
      setAttribute(status, "class", `status ${state.health}`);
      setText(main, state.main);
      setText(unit, state.unit);
      setText(rest, state.rest);
      const { utilisation = 0, scaleInPercent = 0, scaleOutPercent = 100 } = state;
      setText(percent, `${figure(utilisation)} %`);
      filled.style.width = `${Math.min(100, utilisation)}%`;
      setAttribute(
        filled,
        "class",
        `filled ${utilisation >= scaleOutPercent ? "high" : utilisation < scaleInPercent ? "low" : ""}`,
      );
      setAttribute(bar, "aria-valuenow", Math.round(Math.min(100, utilisation)));
      setAttribute(bar, "aria-valuetext", `${figure(utilisation)} percent`);
      const wanted = `${scaleInPercent}/${scaleOutPercent}`;
      if (wanted === thresholds) return;
      thresholds = wanted;
      marksBox.replaceChildren(threshold(scaleInPercent, "scales in below"), threshold(scaleOutPercent, "scales out from"));
    },
  };
}

/**
 * @param {number} percent
 * @param {string} meaning
 */
function threshold(percent, meaning) {
  const mark = element("span", { title: `${meaning} ${percent} %` });
  mark.style.left = `${Math.min(100, percent)}%`;
  return mark;
}
