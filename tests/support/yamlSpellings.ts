import * as fc from "fast-check";

const digits = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 6 });
const sign = fc.constantFrom("", "", "-", "+");

const integer = fc
  .tuple(
    sign,
    fc.oneof(
      digits("0123456789_"),
      fc.tuple(fc.constantFrom("0", "0o", "0O"), digits("01234567_")).map(([base, rest]) => base + rest),
      fc.tuple(fc.constantFrom("0x", "0X"), digits("0123456789abcdefABCDEF_")).map(([base, rest]) => base + rest),
      fc.tuple(fc.constantFrom("0b", "0B"), digits("01_")).map(([base, rest]) => base + rest),
      fc.bigInt({ min: 0n, max: 2n ** 66n }).map(String),
    ),
  )
  .map((parts) => parts.join(""));

const float = fc
  .tuple(
    sign,
    fc.option(digits("0123456789_"), { nil: "" }),
    fc.constantFrom(".", ""),
    fc.option(digits("0123456789_"), { nil: "" }),
    fc.constantFrom("", "", "e3", "E+2", "e-7", "e21", "e400", "e"),
  )
  .map((parts) => parts.join(""));

const word = fc.constantFrom(
  ..."null Null NULL nULL ~ true True TRUE tRUE false False yes Yes no NO on Off y n . .. - + -. .inf -.INF +.Inf .iNF .nan .NaN".split(
    " ",
  ),
  ..."2026-11-29 2026-11-29T10:00:00Z 2026-1-2 2026-13-45 20:30:00 190:20:30 1.2.3 5.10 v1 us-east-1 << = 1e3x 12e03 0x 0o 0b".split(
    " ",
  ),
  ...[
    "",
    "a text of words",
    "tab\tinside",
    "16 # a comment",
    "it's",
    'say "so"',
    "ü",
    "a: b",
    "[",
    "*none",
    "&name 16",
    "@x",
    "%x",
  ],
);

/** Anything that begins like a number. */
const nearlyNumber = fc.string({ unit: fc.constantFrom(..."0123456789_+-.exobXEOB:"), minLength: 1, maxLength: 8 });

const plain = fc.oneof(integer, float, word, nearlyNumber);

const quoted = fc.oneof(
  plain.map((text) => JSON.stringify(text)),
  plain.map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.constantFrom('"\\x41\\u00e9\\n\\t\\e"', '"a\\\n    b"', "'a\n\n    b'", '""', "''"),
);

const tagged = fc.tuple(
  fc.constantFrom("!!str", "!!int", "!!float", "!!bool", "!!null", "!!binary", "!mine"),
  fc.oneof(plain, quoted),
);

/** Below a key that stands at two spaces. */
const block = fc
  .tuple(
    fc.constantFrom("|", ">", "|-", ">-", "|+", ">+"),
    fc.array(
      plain.filter((text) => text !== ""),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([style, lines]) => `${style}\n${lines.map((line) => `    ${line}`).join("\n")}`);

const inFlow = fc.oneof(integer, float, word, quoted).filter((text) => !/[[\]{},#&*]/.test(text));
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "b", "c d", '"16"', "yes") },
  // A key is one line.
  { weight: 1, arbitrary: inFlow.filter((text) => !text.includes("\n")) },
);

const { collection } = fc.letrec<{ value: string; collection: string }>((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, inFlow, tie("collection")),
  collection: fc.oneof(
    fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
    fc
      .uniqueArray(fc.tuple(key, tie("value")), { maxLength: 4, selector: ([name]) => name })
      .map((entries) => `{${entries.map(([name, value]) => `${name}: ${value}`).join(", ")}}`),
  ),
}));

const ofLines = fc.oneof(
  fc.array(plain, { minLength: 1, maxLength: 4 }).map((items) => items.map((item) => `\n    - ${item}`).join("")),
  fc.array(plain, { minLength: 1, maxLength: 3 }).map((items) => items.map((item, i) => `\n    k${i}: ${item}`).join("")),
);

const anchored = fc
  .tuple(inFlow, inFlow)
  .chain(([one, other]) =>
    fc.constantFrom(
      `[&it ${one}, *it, ${other}]`,
      `[&it {a: ${one}, b: 1}, {<<: *it, b: ${other}}]`,
      `[&it {a: ${one}}, &that {a: ${other}, c: 016}, {<<: [*it, *that]}, {a: 1, <<: *that}]`,
      `{x: &it [${one}], y: *it}`,
    ),
  );

/** How a value may stand after `  key: ` in a stack's file. Not all are YAML. */
export const spelling: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: plain },
  { weight: 3, arbitrary: quoted },
  { weight: 1, arbitrary: tagged.map((parts) => parts.join(" ")) },
  { weight: 2, arbitrary: block },
  { weight: 3, arbitrary: collection },
  { weight: 2, arbitrary: ofLines },
  { weight: 2, arbitrary: anchored },
);
