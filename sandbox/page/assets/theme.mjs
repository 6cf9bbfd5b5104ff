import { byId } from "./element.mjs";
import { remember, remembered } from "./memory.mjs";

/**
 * Light, dark, or as the system has it.
 * @param {() => void} changed called after the colours have changed
 */
export function startTheme(changed) {
  const choice = /** @type {HTMLSelectElement} */ (byId("theme"));
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const dark = choice.value === "dark" || (choice.value === "auto" && system.matches);
    const theme = dark ? "dark" : "light";
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    changed();
  };
  choice.value = remembered("theme", ["auto", "light", "dark"]) ?? "auto";
  choice.addEventListener("change", () => {
    remember("theme", choice.value);
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}
