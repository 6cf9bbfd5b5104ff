import { byId, element } from "./element.mjs";

/**
 * The dashboard's variables as fields above it.
 * @param {() => void} changed
 */
export function createVariables(changed) {
  const box = byId("variables");
  /** @type {Map<string, string>} */
  const chosen = new Map();
  let shown = "";
  return {
    /** The part of the query that says what was chosen. */
    query: () => [...chosen].map(([id, value]) => `&var.${encodeURIComponent(id)}=${encodeURIComponent(value)}`).join(""),
    /** @param {import("../messages").VariableView[]} variables */
    build(variables) {
      const key = JSON.stringify(variables);
      if (key === shown) return;
      shown = key;
      box.replaceChildren(
        ...variables.map(({ id, label, inputType, value, values }) => {
          const field = inputType === "input" || values.length === 0 ? element("input", { value }) : element("select");
          for (const option of values)
            if (field instanceof HTMLSelectElement) field.append(element("option", { value: option.value }, option.label));
          field.value = value;
          field.addEventListener("change", () => {
            chosen.set(id, field.value);
            changed();
          });
          return element("label", { class: "field" }, element("span", {}, label), field);
        }),
      );
    },
  };
}
