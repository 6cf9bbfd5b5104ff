import { element } from "./element.mjs";
import { parseMarkdown } from "./markdown.mjs";

/**
 * @param {string} text
 * @returns {Node[]}
 */
export function markdownNodes(text) {
  return parseMarkdown(text).map(node);
}

/**
 * @param {import("./markdown.mjs").Piece} piece
 * @returns {Node}
 */
function node(piece) {
  if (typeof piece === "string") return document.createTextNode(piece);
  const { tag, href, children } = piece;
  const link = href === undefined ? {} : { href, rel: "noopener noreferrer", target: "_blank" };
  return element(/** @type {"p"} */ (tag), link, ...children.map(node));
}
