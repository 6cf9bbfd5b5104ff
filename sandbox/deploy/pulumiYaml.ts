import { isScalar, parseDocument, visit, type ScalarTag } from "yaml";

type OnError = (message: string) => void;

/**
 * YAML as the Pulumi CLI reads it, whose reader (gopkg.in/yaml.v3) knows more spellings than YAML 1.2: 016 is 14, 1_000 is 1000.
 * @throws Error for what is no YAML, for what the CLI refuses, and for spellings that mean something else than they seem to.
 */
export function parsePulumiYaml(text: string): unknown {
  const document = parseDocument(text, { schema: "failsafe", customTags: [plainScalar], merge: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw problem;
  visit(document, {
    Node(_, { tag }) {
      if (tag && !/:(str|map|seq)$/.test(tag)) throw new Error(`the tag ${tag} isn't read here; leave it out`);
    },
    Pair(_, { key }) {
      const name: unknown = isScalar(key) ? key.value : undefined;
      // To the CLI a quoted one merges, too.
      if (name === "<<") throw new Error('"<<" merges; leave the quotes out');
      const merges = typeof name === "symbol";
      if (typeof name !== "string" && !merges) throw new Error(`${String(key)} is a key and no text; quote it`);
    },
  });
  return document.toJS();
}

/** What isn't quoted. */
const plainScalar: ScalarTag = {
  tag: "tag:yaml.org,2002:plain",
  default: true,
  // Every text but the key that merges.
  test: /^(?!<<$)/,
  resolve: (text, onError) => valueOf(text, onError),
};

const words: Readonly<Record<string, boolean | null>> = {
  ...Object.fromEntries(["", "~", "null", "Null", "NULL"].map((word) => [word, null])),
  ...Object.fromEntries(["true", "True", "TRUE"].map((word) => [word, true])),
  ...Object.fromEntries(["false", "False", "FALSE"].map((word) => [word, false])),
};

/** Source: resolve.go of gopkg.in/yaml.v3. */
function valueOf(text: string, onError: OnError): unknown {
  if (Object.hasOwn(words, text)) return words[text];
  if (/^[-+]?\.inf$|^\.nan$/i.test(text)) onError(`${text} is no number that a configuration can have`);
  if (/^\d{4}-\d\d?-\d\d?($|[Tt ]\d)/.test(text)) onError(`${text} is a date in YAML; quote it`);
  // Other texts begin with a letter.
  if (!/^[-+.\d]/.test(text)) return text;
  // Behind a point they must stand between digits.
  const digits = text.startsWith(".") ? text.replace(/(?<=\d)_(?=\d)/g, "") : text.replaceAll("_", "");
  return integerOf(digits, onError) ?? floatOf(digits) ?? text;
}

/** Undefined for what isn't one, or has more than 64 bits. */
function integerOf(text: string, onError: OnError): number | undefined {
  if (/^0[bo][-+]/.test(text)) onError(`${text} has its sign in the middle; quote it, or put the sign first`);
  const [, sign = "", octal, other] = /^([-+]?)(?:0[oO]?([0-7]+)|(0[xX][\da-fA-F]+|0[bB][01]+|0|[1-9]\d*))$/.exec(text) ?? [];
  if (octal === undefined && other === undefined) return undefined;
  const size = BigInt(octal === undefined ? other! : `0o${octal}`);
  if (size >= 2n ** (sign === "" ? 64n : 63n)) return undefined;
  if (size > Number.MAX_SAFE_INTEGER) onError(`${text} has too many digits for a number; quote it`);
  return sign === "-" ? -Number(size) : Number(size);
}

function floatOf(text: string): number | undefined {
  const value = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : undefined;
}
