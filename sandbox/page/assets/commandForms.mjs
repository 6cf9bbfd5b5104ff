import { byId, element, setText } from "./element.mjs";

/**
 * What a visitor can do to the pipeline. Each control sends one command.
 * @param {{ send: import("./answer.mjs").Send, entered: () => void }} handlers
 */
export function createCommandForms({ send, entered }) {
  byId("command-forms").addEventListener("input", entered);

  const factor = number("Factor", 3, { min: 0, max: 1000, step: "any" });
  const minutes = number("Minutes", 30, { min: 1, max: 1440, step: 1 });
  const spike = form("Send a spike", "spike", [factor.label, minutes.label], () =>
    send("spike", { factor: factor.input.valueAsNumber, minutes: minutes.input.valueAsNumber }),
  );
  const producer = toggle("producer", "Stop the producer", "Resume the producer", (running) => send("producer", { running }));
  const application = toggle("application", "Stop the application", "Start the application", (running) =>
    send("application", { running }),
  );

  const target = choice("Next update of", [
    ["application", "the application"],
    ["stream", "the stream"],
  ]);
  const fail = form("Fail it", "fail", [target.label], () => send("failNextUpdate", { target: target.select.value }));

  const calls = number("Calls", 5, { min: 1, max: 1000, step: 1 });
  const throttle = form("Throttle the APIs", "throttle", [calls.label], () =>
    send("throttle", { calls: calls.input.valueAsNumber }),
  );

  const file = element("input", { type: "file", accept: ".csv,text/csv", id: "trace-file" });
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    await send("trace", { name: chosen.name, csv: await chosen.text() });
    file.value = "";
  });
  const trace = element(
    "label",
    { class: "field", title: "CSV: time,records_per_second" },
    element("span", {}, "Play another trace (CSV)"),
    file,
  );

  const stack = choice("Stack", []);
  const restart = form("Restart", "restart", [stack.label], () => send("restart", { stack: stack.select.value }));

  byId("command-forms").append(
    group("Traffic", spike, producer.button, trace),
    group("Faults", application.button, fail, throttle),
    group("Sandbox", restart),
  );

  return {
    /** @param {import("../messages").PipelineState} state */
    updatePipeline(state) {
      producer.show(!state.producer.stopped);
      application.show(!state.application.stopped);
    },
    /** @param {import("../messages").RunState} run */
    updateRun(run) {
      stack.offer(
        run.stacks.map((name) => [name, name]),
        run.stack,
      );
    },
  };
}

/**
 * @param {string} title
 * @param {...Node} controls
 */
function group(title, ...controls) {
  return element("fieldset", {}, element("legend", {}, title), ...controls);
}

/**
 * @param {string} label of the button
 * @param {string} id
 * @param {Node[]} fields
 * @param {() => void} submit
 */
function form(label, id, fields, submit) {
  const made = element("form", { id: `form-${id}`, novalidate: true }, ...fields, element("button", { type: "submit" }, label));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return made;
}

/**
 * @param {string} label
 * @param {number} value
 * @param {Record<string, string | number>} limits
 */
function number(label, value, limits) {
  const input = element("input", { type: "number", value, inputmode: "decimal", ...limits });
  return { input, label: element("label", { class: "field" }, element("span", {}, label), input) };
}

/**
 * @param {string} label
 * @param {string[][]} options value and words
 */
function choice(label, options) {
  const select = element("select");
  let offered = "";
  const offer = (/** @type {string[][]} */ wanted, /** @type {string | undefined} */ chosen) => {
    const key = JSON.stringify([wanted, chosen]);
    if (key === offered) return;
    offered = key;
    select.replaceChildren(...wanted.map(([value = "", words = ""]) => element("option", { value }, words)));
    if (chosen !== undefined) select.value = chosen;
  };
  offer(options, undefined);
  return { select, offer, label: element("label", { class: "field" }, element("span", {}, label), select) };
}

/**
 * @param {string} id
 * @param {string} stop
 * @param {string} start
 * @param {(running: boolean) => void} send
 */
function toggle(id, stop, start, send) {
  let running = true;
  const button = element("button", { type: "button", id: `toggle-${id}` }, stop);
  button.addEventListener("click", () => send(!running));
  return {
    button,
    show(/** @type {boolean} */ now) {
      running = now;
      setText(button, running ? stop : start);
    },
  };
}
