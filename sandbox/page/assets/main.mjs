import { createAnswer } from "./answer.mjs";
import { createCommandForms } from "./commandForms.mjs";
import { connect } from "./connection.mjs";
import { createDashboard } from "./dashboard.mjs";
import { byId, setText } from "./element.mjs";
import { createPipelineStrip } from "./pipelineStrip.mjs";
import { createRunBar } from "./runBar.mjs";
import { startTheme } from "./theme.mjs";
import { createTimelineList } from "./timelineList.mjs";
import { createVariables } from "./variables.mjs";

const outage = byId("outage");
const showOutage = (/** @type {string | undefined} */ words) => {
  setText(outage, words ?? "");
  outage.hidden = words === undefined;
  document.body.classList.toggle("stale", words !== undefined);
};

const reopen = () => connection.reopen();
const dashboard = createDashboard();
const strip = createPipelineStrip();
const timeline = createTimelineList();
const answer = createAnswer(byId("answer"));
const forms = createCommandForms({
  ...answer,
  send: (name, input) => answer.send(name, bar.pipeline() === "" ? input : { ...input, pipeline: bar.pipeline() }),
});
const variables = createVariables(reopen);
const bar = createRunBar({ changed: reopen, send: answer.sendQuietly });
startTheme(() => dashboard.recolor());

/** What a refusal may have been for. @type {string[]} */
let statuses = [];
let known = "";

/** @param {import("../messages").ChangeMessage} message */
function change({ run, pipeline, timeline: entries, alarms, data, logs }) {
  bar.update(run);
  forms.updateRun(run);
  if (pipeline) {
    strip.update(pipeline);
    forms.updatePipeline(pipeline);
    statuses = [pipeline.producer.status, pipeline.stream.status, pipeline.application.status];
  }
  const state = [run.stack, run.state, ...statuses].join(" ");
  if (state !== known) answer.stateChanged();
  known = state;
  if (entries) timeline.update(entries);
  if (data) dashboard.update(data);
  if (alarms) dashboard.updateAlarms(alarms);
  if (logs) dashboard.updateLogs(logs);
}

let built = "";

const connection = connect({
  url: () => `/events?pipeline=${encodeURIComponent(bar.pipeline())}&range=${bar.range()}${variables.query()}`,
  whole(message) {
    variables.build(message.dashboard.variables);
    // After a reconnection the same dashboard stays: focus and scroll position too.
    const wanted = JSON.stringify(message.dashboard);
    if (wanted !== built) dashboard.build(message.dashboard);
    built = wanted;
    byId("pipeline").hidden = message.pipeline === undefined;
    timeline.reset(message.timeline);
    answer.stateChanged();
    change({ ...message, timeline: undefined });
  },
  change,
  outage: showOutage,
});
