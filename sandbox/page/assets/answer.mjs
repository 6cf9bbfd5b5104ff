import { sendCommand } from "./connection.mjs";
import { setText } from "./element.mjs";

/** @typedef {(name: string, input: Record<string, unknown>) => Promise<void>} Send sends a command and shows the answer */

/** What was done stands in the timeline: its sentence goes after so long. */
const shownMs = 15_000;

/**
 * The answer to the visitor's last command. What was done is shown for a while; what was refused until it is over: the next command,
 * another input, or, where the time was wrong, another state.
 * @param {HTMLElement} line
 */
export function createAnswer(line) {
  let asked = 0;
  let passing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let fading;

  const say = (/** @type {string} */ words, /** @type {"" | "good" | "bad"} */ look) => {
    clearTimeout(fading);
    passing = false;
    setText(line, words);
    line.className = look;
  };
  const refused = () => line.className === "bad";

  const sender =
    (/** @type {boolean} */ tellsDone) =>
    /** @type {Send} */
    async (name, input) => {
      const mine = ++asked;
      say(tellsDone ? "…" : "", "");
      const answer = await sendCommand(name, input);
      if (mine !== asked || (answer.ok && !tellsDone)) return;
      say(answer.message, answer.ok ? "good" : "bad");
      passing = !answer.ok && answer.passing;
      if (answer.ok) fading = setTimeout(() => say("", ""), shownMs);
    };

  return {
    send: sender(true),
    /** What the control itself shows when it is done. */
    sendQuietly: sender(false),
    /** Something else is being entered. */
    entered: () => refused() && say("", ""),
    /** The pipeline, the run or the connection is in another state. */
    stateChanged: () => refused() && passing && say("", ""),
  };
}
