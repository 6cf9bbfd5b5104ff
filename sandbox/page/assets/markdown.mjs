/**
 * The Markdown of CloudWatch's text widgets, the part that dashboards use: headings, paragraphs, lists, rules, tables, code blocks;
 * links, `[button:text](url)`, emphasis and code in a line. The result is a tree, not HTML: everything else stays text.
 * @typedef {string | { tag: string, href?: string, children: Piece[] }} Piece
 */

const inline = [
  { pattern: /^`([^`]+)`/, make: (/** @type {RegExpExecArray} */ [, text = ""]) => ({ tag: "code", children: [text] }) },
  {
    pattern: /^\[((?:[^\]\\]|\\.)*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/,
    make: (/** @type {RegExpExecArray} */ [, text = "", url = ""]) => link(text, url),
  },
  {
    pattern: /^\*\*(\S(?:.*?\S)??)\*\*/,
    make: (/** @type {RegExpExecArray} */ [, text = ""]) => ({ tag: "strong", children: pieces(text) }),
  },
  {
    pattern: /^([*_])(\S(?:.*?\S)??)\1(?!\w)/,
    make: (/** @type {RegExpExecArray} */ [, , text = ""]) => ({ tag: "em", children: pieces(text) }),
  },
];

/**
 * @param {string} text
 * @param {string} url
 * @returns {Piece}
 */
function link(text, url) {
  const children = pieces(text.replace(/^button:(primary:)?/, ""));
  // Only these two protocols: a javascript: address would run in the page.
  return /^https?:\/\//i.test(url) ? { tag: "a", href: url, children } : { tag: "span", children };
}

/**
 * @param {string} line
 * @returns {Piece[]}
 */
function pieces(line) {
  /** @type {Piece[]} */
  const result = [];
  let text = "";
  const flush = () => {
    if (text) result.push(text);
    text = "";
  };
  for (let at = 0; at < line.length;) {
    const rest = line.slice(at);
    if (/^\\[\\`*_[\]()#+\-.!|]/.test(rest)) {
      text += rest[1];
      at += 2;
      continue;
    }
    const found = "`[*_".includes(rest[0] ?? "") && !/\w$/.test(rest[0] === "_" ? text : "") ? match(rest) : undefined;
    if (!found) {
      text += rest[0];
      at++;
      continue;
    }
    flush();
    result.push(found.piece);
    at += found.length;
  }
  flush();
  return result;
}

/** @param {string} rest */
function match(rest) {
  for (const { pattern, make } of inline) {
    const found = pattern.exec(rest);
    if (found) return { piece: make(found), length: found[0].length };
  }
  return undefined;
}

/** @param {string} row */
const cells = (row) =>
  row
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());

/** Headings below those of the page: # is an h3. */
const firstHeading = 2;

/**
 * Block by block: each takes its lines from the front, or leaves them.
 * @type {((lines: string[]) => Piece | undefined)[]}
 */
const blocks = [
  (lines) => {
    const [, marks = "", text = ""] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[0] ?? "") ?? [];
    if (!marks) return undefined;
    lines.shift();
    return { tag: `h${Math.min(6, marks.length + firstHeading)}`, children: pieces(text) };
  },
  (lines) => {
    if (!/^\s*```/.test(lines[0] ?? "")) return undefined;
    lines.shift();
    const code = takeWhile(lines, (line) => !/^\s*```/.test(line));
    lines.shift();
    return { tag: "pre", children: [{ tag: "code", children: [code.join("\n")] }] };
  },
  (lines) => {
    if (!/^\s*([-*_])\s*(\1\s*){2,}$/.test(lines[0] ?? "")) return undefined;
    lines.shift();
    return { tag: "hr", children: [] };
  },
  (lines) => list(lines, /^\s*[-*+]\s+/, "ul"),
  (lines) => list(lines, /^\s*\d+[.)]\s+/, "ol"),
  (lines) => {
    if (!/\|/.test(lines[0] ?? "") || !/^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[1] ?? "")) return undefined;
    const [head = "", , ...body] = takeWhile(lines, (line) => line.includes("|"));
    /** @type {(row: string, tag: string) => Piece} */
    const row = (text, tag) => ({ tag: "tr", children: cells(text).map((cell) => ({ tag, children: pieces(cell) })) });
    return {
      tag: "table",
      children: [
        { tag: "thead", children: [row(head, "th")] },
        { tag: "tbody", children: body.map((text) => row(text, "td")) },
      ],
    };
  },
];

/**
 * @param {string[]} lines
 * @param {RegExp} mark
 * @param {string} tag
 * @returns {Piece | undefined}
 */
function list(lines, mark, tag) {
  const items = takeWhile(lines, (line) => mark.test(line));
  if (items.length === 0) return undefined;
  return { tag, children: items.map((item) => ({ tag: "li", children: pieces(item.replace(mark, "")) })) };
}

/**
 * @param {string[]} lines
 * @param {(line: string) => boolean} test
 */
function takeWhile(lines, test) {
  /** @type {string[]} */
  const taken = [];
  while (lines.length > 0 && test(/** @type {string} */ (lines[0]))) taken.push(/** @type {string} */ (lines.shift()));
  return taken;
}

/**
 * @param {string} text
 * @returns {Piece[]}
 */
export function parseMarkdown(text) {
  const lines = text.split(/\r?\n/);
  /** @type {Piece[]} */
  const result = [];
  while (lines.length > 0) {
    if (/^\s*$/.test(lines[0] ?? "")) {
      lines.shift();
      continue;
    }
    result.push(firstBlock(lines) ?? paragraph(lines));
  }
  return result;
}

/** @param {string[]} lines */
function firstBlock(lines) {
  for (const take of blocks) {
    const block = take(lines);
    if (block) return block;
  }
  return undefined;
}

/**
 * @param {string[]} lines
 * @returns {Piece}
 */
function paragraph(lines) {
  const first = /** @type {string} */ (lines.shift());
  const more = takeWhile(lines, (line) => !/^\s*$|^#{1,6}\s|^\s*([-*+]|\d+[.)])\s+|^\s*```/.test(line));
  return { tag: "p", children: pieces([first, ...more].map((line) => line.trim()).join(" ")) };
}
