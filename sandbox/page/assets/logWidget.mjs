import { element } from "./element.mjs";

/**
 * A table of log lines. New lines come in at one end: rows that stay are left alone.
 * @param {HTMLElement} body
 * @param {any} properties
 */
export function createLogWidget(body, properties) {
  const head = element("tr");
  const rows = element("tbody");
  const table = element("table", {}, element("thead", {}, head), rows);
  body.append(element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": properties.title ?? "Log" }, table));
  /** @type {string[]} */
  let keys = [];
  let fieldsShown = "";
  return {
    /** @param {{ fields: string[], rows: string[][] }} data */
    updateTable(data) {
      const fields = data.fields.join();
      if (fields !== fieldsShown) {
        fieldsShown = fields;
        head.replaceChildren(...data.fields.map((field) => element("th", { scope: "col" }, field)));
        rows.replaceChildren();
        keys = [];
      }
      const wanted = data.rows.map((cells) => JSON.stringify(cells));
      const fresh = keys.length === 0 ? wanted.length : wanted.indexOf(/** @type {string} */ (keys[0]));
      const kept = fresh < 0 ? 0 : wanted.slice(fresh).findIndex((key, i) => key !== keys[i]);
      if (fresh < 0 || (kept >= 0 && fresh + kept < wanted.length)) {
        rows.replaceChildren(...data.rows.map(row));
      } else {
        rows.prepend(...data.rows.slice(0, fresh).map(row));
        while (rows.children.length > wanted.length) rows.lastElementChild?.remove();
      }
      keys = wanted;
    },
  };
}

/** @param {string[]} cells */
const row = (cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
