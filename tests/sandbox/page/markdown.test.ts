import { strict as assert } from "node:assert";
import { parseMarkdown, type Piece } from "./assets";

describe("the Markdown of text widgets", () => {
  it("has headings below the page's own", () => {
    assert.deepEqual(parseMarkdown("# Pipeline\n## Scaling"), [
      { tag: "h3", children: ["Pipeline"] },
      { tag: "h4", children: ["Scaling"] },
    ]);
  });

  it("joins the lines of a paragraph and ends it at an empty line or a heading", () => {
    assert.deepEqual(parseMarkdown("one\ntwo\n\nthree\n# four"), [
      { tag: "p", children: ["one two"] },
      { tag: "p", children: ["three"] },
      { tag: "h3", children: ["four"] },
    ]);
  });

  it("makes links to http and https, and text of every other address", () => {
    const [paragraph] = parseMarkdown(
      "[a](https://example.com/x) [b](javascript:alert(1)) [c](data:text/html,x) [d](docs/runbook.md)",
    );
    const children = (paragraph as { children: Piece[] }).children.filter((piece) => typeof piece !== "string");
    assert.deepEqual(
      children.map((piece) => [piece.tag, piece.href]),
      [
        ["a", "https://example.com/x"],
        ["span", undefined],
        ["span", undefined],
        ["span", undefined],
      ],
    );
  });

  it("keeps HTML as text", () => {
    assert.deepEqual(parseMarkdown('<img src=x onerror="alert(1)"><script>alert(1)</script>'), [
      { tag: "p", children: ['<img src=x onerror="alert(1)"><script>alert(1)</script>'] },
    ]);
  });

  it("knows CloudWatch's buttons, emphasis and code", () => {
    assert.deepEqual(parseMarkdown("[button:primary:Go](https://example.com) **b** *i* `c*d*`"), [
      {
        tag: "p",
        children: [
          { tag: "a", href: "https://example.com", children: ["Go"] },
          " ",
          { tag: "strong", children: ["b"] },
          " ",
          { tag: "em", children: ["i"] },
          " ",
          { tag: "code", children: ["c*d*"] },
        ],
      },
    ]);
  });

  it("leaves underscores inside of words alone", () => {
    assert.deepEqual(parseMarkdown("INSUFFICIENT_DATA and a_b_c"), [{ tag: "p", children: ["INSUFFICIENT_DATA and a_b_c"] }]);
  });

  it("has lists, tables, rules and code blocks", () => {
    const tags = parseMarkdown("- a\n- b\n\n1. c\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n---\n\n```\n# code\n```").map((piece) =>
      typeof piece === "string" ? piece : piece.tag,
    );
    assert.deepEqual(tags, ["ul", "ol", "table", "hr", "pre"]);
  });

  it("ends for texts of any kind", () => {
    for (const text of ["", "\n\n", "[", "[a](", "**", "```", "|", "# ", "\\", "`", "*a", "[a](b", "- ", "1."])
      parseMarkdown(text);
    parseMarkdown("*".repeat(2_000) + "[".repeat(2_000));
  });
});
