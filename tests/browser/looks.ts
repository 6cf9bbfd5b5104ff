import type { Page } from "playwright-core";

/** Widgets that draw series, alarms or log lines and show none, with what they say instead. */
export async function widgetsWithoutData(page: Page): Promise<{ title: string; note: string }[]> {
  return page.evaluate(`[...document.querySelectorAll(".widget:not(.text)")].flatMap((widget) => {
    const values = [...widget.querySelectorAll(".legend .value, .gauge-value, .numbers dd, .bars .value, tbody td, .alarms li")];
    const shown = values.some((value) => !["", "–"].includes(value.textContent));
    const canvas = widget.querySelector(".plot canvas");
    const drawn = !canvas || isDrawn(canvas);
    if (shown && drawn) return [];
    return [{ title: widget.querySelector("h4").textContent, note: widget.querySelector(".note").textContent }];
    function isDrawn(canvas) {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value) => value !== 0);
    }
  })`);
}

/** Before the page loads: keeps the texts that are drawn on each canvas, for `textsDrawn`. */
export async function rememberTexts(page: Page): Promise<void> {
  await page.addInitScript(`{
    const draw = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
      (this.canvas.texts ??= new Set()).add(text);
      return draw.call(this, text, ...place);
    };
  }`);
}

/** What stands on the graphs that have data, by their titles. */
export async function textsDrawn(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(`Object.fromEntries([...document.querySelectorAll(".widget.timeSeries")].flatMap((widget) => {
    const canvas = widget.querySelector(".plot canvas");
    return canvas ? [[widget.querySelector("h4").textContent, [...(canvas.texts ?? [])]]] : [];
  }))`);
}

/** Controls that a screen reader could not name. */
export async function unnamedControls(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll("button, select, input, a, [role=img], [role=meter], [tabindex]")]
    .filter((control) => !(control.innerText?.trim() || control.getAttribute("aria-label") || control.getAttribute("aria-labelledby") || control.labels?.length))
    .map((control) => control.outerHTML.slice(0, 120))`);
}

/**
 * Texts with less contrast to their background than WCAG 2.2 asks for (level AA: 4.5; 3 for large text).
 * Backgrounds are those of the nearest element that has one.
 */
export async function contrastFailures(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const parts = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
    const luminance = (color) => {
      const [r, g, b] = parts(color).map((value) => value / 255).map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const backOf = (node) => {
      for (let at = node; at; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor;
        if ((parts(color)[3] ?? 1) > 0.5) return color;
      }
      return "rgb(255, 255, 255)";
    };
    const failures = new Set();
    for (const node of document.querySelectorAll("body *")) {
      const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
      if (!own || node.closest("[hidden], .unseen, .skip, option, script, noscript, :disabled, [aria-hidden]")) continue;
      const style = getComputedStyle(node);
      const [a, b] = [luminance(style.color), luminance(backOf(node))].sort((x, y) => y - x);
      const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < (large ? 3 : 4.5)) failures.add(node.className + " " + node.textContent.slice(0, 30) + " " + ratio.toFixed(2));
    }
    return [...failures];
  })()`);
}
