import { jsonOf } from "./embeddedMetrics";
import type { LogEvent } from "./logEvents";
import { logsError } from "./logGroups";

/** One result: field -> text, in the order of the query's fields. */
export type InsightsRow = Record<string, string>;

type Row = (field: string) => unknown;
type Test = (row: Row) => boolean;

const malformed = (message: string) => logsError("MalformedQueryException", message);

/**
 * Compiles a Logs Insights query of the commands fields (display), filter, parse, sort and limit; SOURCE in front is left to the caller.
 * ("CloudWatch Logs Insights language query syntax"; stats, dedup and functions other than ispresent are refused.)
 * @throws ServiceError MalformedQueryException
 */
export function insightsQuery(text: string): (events: readonly LogEvent[]) => InsightsRow[] {
  let fields = ["@timestamp", "@message"];
  let limit = 10_000;
  let sorts: { field: string; ascending: boolean }[] = [{ field: "@timestamp", ascending: false }];
  const tests: Test[] = [];
  const parsers: Parser[] = [];
  for (const command of splitCommands(text)) {
    const [, verb = "", rest = ""] = /^(\w+)\s*([\s\S]*)$/.exec(command) ?? [];
    switch (verb.toLowerCase()) {
      case "source":
        break;
      case "fields":
      case "display":
        fields = rest.split(",").map((field) => fieldName(field.trim()));
        break;
      case "filter":
      case "where":
        tests.push(filterTest(rest));
        break;
      case "parse":
        parsers.push(parser(rest));
        break;
      case "sort":
        sorts = rest.split(",").map(sortKey);
        break;
      case "limit":
        limit = Number(rest.trim());
        if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) throw malformed(`limit takes 1 to 10000, got ${rest}`);
        break;
      default:
        throw malformed(
          `Query command ${verb || command} is not modelled; known are fields, display, filter, parse, sort and limit.`,
        );
    }
  }
  checkNames(parsers.flatMap(({ names }) => names));
  return (events) => {
    const parsed = (event: LogEvent) => parsers.reduce((row, { parse }) => parse(row), rowOf(event));
    const rows = events.map(parsed).filter((row) => tests.every((test) => test(row)));
    rows.sort((a, b) => compareBy(sorts, a, b));
    return rows.slice(0, limit).map((row) => Object.fromEntries(fields.map((field) => [field, asText(row(field))])));
  };
}

function splitCommands(text: string): string[] {
  // A pipe inside a quoted text or a regular expression doesn't separate.
  const parts =
    text.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<=\blike\s*|\bparse\s+[@\w.]+\s+)\/(?:[^/\\]|\\.)*\/|[^|])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function fieldName(text: string): string {
  const name = /^`([^`]+)`$/.exec(text)?.[1] ?? text;
  if (!/^[@\w.[\]-]+$/.test(name)) throw malformed(`Field ${text} is not modelled: no functions, no aliases.`);
  return name;
}

function sortKey(text: string): { field: string; ascending: boolean } {
  const [field = "", order = "asc"] = text.trim().split(/\s+/);
  return { field: fieldName(field), ascending: order.toLowerCase() === "asc" };
}

/** Fields of an event: the @-fields, and those of the JSON object in its message, nested ones by path. */
function rowOf(event: LogEvent): Row {
  let json: Record<string, unknown> | undefined | null = null;
  return (field) => {
    if (field === "@timestamp") return new Date(event.timestamp).toISOString().replace("T", " ").replace("Z", "");
    if (field === "@message") return event.message;
    if (field === "@logStream") return event.logStream;
    if (field === "@ingestionTime") return new Date(event.ingestionTime).toISOString().replace("T", " ").replace("Z", "");
    json = json === null ? jsonOf(event.message) : json;
    return field.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], json);
  };
}

/** The fields that a parse command adds, and how to read them out of a row. */
interface Parser {
  names: string[];
  parse(row: Row): Row;
}

/** `FIELD /regular expression with named groups/` or `FIELD "glob with *" as NAME, ...`; a row that doesn't match has none of the fields. */
function parser(text: string): Parser {
  const [, from = "", regex, glob, list = ""] =
    /^(\S+)\s+(?:\/((?:[^/\\]|\\.)*)\/|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s+as\s+(.+))$/is.exec(text) ?? [];
  const names =
    regex === undefined
      ? list.split(",").map((name) => fieldName(name.trim()))
      : [...regex.matchAll(/\(\?<(\w+)>/g)].map(([, name = ""]) => name);
  const pattern = regex === undefined ? globPattern(literal(glob ?? "")) : regexOf(regex);
  if (names.length !== groupsOf(pattern)) throw malformed(`parse ${text}: each value that is read needs a name, and only these.`);
  const field = fieldName(from);
  return {
    names,
    parse: (row) => {
      const values = pattern.exec(asText(row(field)))?.slice(1) ?? [];
      return (name) => (names.includes(name) ? values[names.indexOf(name)] : row(name));
    },
  };
}

const globPattern = (glob: string) =>
  new RegExp(`${glob.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "(.*?)")}${glob.endsWith("*") ? "$" : ""}`, "s");

function regexOf(source: string, flags = ""): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

const groupsOf = (pattern: RegExp) => new RegExp(`${pattern.source}|`).exec("")!.length - 1;

function checkNames(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw malformed(`Field ${twice} is parsed twice.`);
}

function compareBy(sorts: readonly { field: string; ascending: boolean }[], a: Row, b: Row): number {
  for (const { field, ascending } of sorts) {
    const [left, right] = [a(field), b(field)];
    const order =
      isNumber(left) && isNumber(right)
        ? Number(left) - Number(right)
        : asText(left) < asText(right)
          ? -1
          : asText(left) > asText(right)
            ? 1
            : 0;
    if (order !== 0) return ascending ? order : -order;
  }
  return 0;
}

const isNumber = (value: unknown) => value !== "" && value !== null && value !== undefined && Number.isFinite(Number(value));

const asText = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

const tokenPattern =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\/(?:[^/\\]|\\.)*\/)|(=~|!=|<=|>=|[=<>(),[\]])|([@\w.-]+|`[^`]+`))/y;

/** Recursive descent over `or`, `and`, `not`, parentheses and comparisons. */
function filterTest(text: string): Test {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match) throw malformed(`unexpected symbol in filter at "${text.slice(at)}"`);
    tokens.push(match[0].trim());
  }
  let next = 0;
  const peek = () => tokens[next];
  const take = () => tokens[next++] ?? "";
  const word = (expected: string) => peek()?.toLowerCase() === expected && take() !== "";
  const expect = (symbol: string) => {
    const got = take();
    if (got !== symbol) throw malformed(`filter: expected ${symbol}, got ${got || "the end"}`);
  };

  const either = (): Test => {
    const tests = [both()];
    while (word("or")) tests.push(both());
    return (row) => tests.some((test) => test(row));
  };
  const both = (): Test => {
    const tests = [one()];
    while (word("and")) tests.push(one());
    return (row) => tests.every((test) => test(row));
  };
  const one = (): Test => {
    if (word("not")) {
      const test = one();
      return (row) => !test(row);
    }
    if (peek() === "(") {
      take();
      const test = either();
      expect(")");
      return test;
    }
    return comparison();
  };
  const comparison = (): Test => {
    const first = take();
    if (first.toLowerCase() === "ispresent") {
      expect("(");
      const present = fieldName(take());
      expect(")");
      return (row) => row(present) !== undefined;
    }
    const field = fieldName(first);
    const negated = word("not");
    const operator = take().toLowerCase();
    if (operator === "in") {
      const values = list();
      return (row) => values.includes(asText(row(field))) !== negated;
    }
    if (operator === "like" || operator === "=~") {
      const matches = like(take());
      return (row) => matches(asText(row(field))) !== negated;
    }
    return compare(field, operator, take());
  };
  const list = (): string[] => {
    expect("[");
    const values: string[] = [];
    while (peek() !== "]" && next < tokens.length) {
      values.push(literal(take()));
      if (peek() === ",") take();
    }
    expect("]");
    return values;
  };

  const test = either();
  if (next < tokens.length) throw malformed(`filter: unexpected ${tokens.slice(next).join(" ")}`);
  return test;
}

function literal(token: string): string {
  return /^["']/.test(token) ? token.slice(1, -1).replace(/\\(.)/g, "$1") : token;
}

function like(token: string): (text: string) => boolean {
  if (token.startsWith("/")) {
    const [, flags = "", source = ""] = /^(?:\(\?(\w+)\))?([\s\S]*)$/.exec(token.slice(1, -1)) ?? [];
    const regex = regexOf(source, flags.includes("i") ? "i" : "");
    return (text) => regex.test(text);
  }
  const part = literal(token);
  return (text) => text.includes(part);
}

function compare(field: string, operator: string, token: string): Test {
  const value = literal(token);
  const numeric = isNumber(value);
  const order = (row: Row) => {
    const actual = row(field);
    if (actual === undefined) return NaN;
    const text = asText(actual);
    return numeric && isNumber(actual) ? Number(actual) - Number(value) : text < value ? -1 : text > value ? 1 : 0;
  };
  switch (operator) {
    case "=":
      return (row) => order(row) === 0;
    case "!=":
      return (row) => order(row) !== 0;
    case "<":
      return (row) => order(row) < 0;
    case "<=":
      return (row) => order(row) <= 0;
    case ">":
      return (row) => order(row) > 0;
    case ">=":
      return (row) => order(row) >= 0;
    default:
      throw malformed(`filter: unknown operator ${operator}`);
  }
}
