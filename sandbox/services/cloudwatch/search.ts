import { expressionError } from "./math/parse";
import type { MetricKey, Series } from "./series";

/** A parsed SEARCH query ("CloudWatch search expression syntax"). */
export interface SearchQuery {
  /** {Namespace, Dimension, ...}: the namespace, and exactly these dimension names if any are given. */
  schema: { namespace: string; dimensions: string[] } | undefined;
  term: SearchTerm | undefined;
}

export type SearchTerm =
  | { type: "match"; property: string | undefined; text: string; exact: boolean }
  | { type: "not"; term: SearchTerm }
  | { type: "and" | "or"; terms: SearchTerm[] };

const maximumLength = 1024;

export function parseSearch(text: string): SearchQuery {
  if (text.length > maximumLength)
    throw expressionError(`the search expression has ${text.length} characters; at most ${maximumLength}`);
  const words = tokenise(text);
  let at = 0;
  const schema = words[at]?.type === "{" ? parseSchema() : undefined;
  const term = at < words.length ? parseOr() : undefined;
  if (at < words.length) throw expressionError(`unexpected "${words[at]!.text}" in the search expression`);
  if (!schema && !term) throw expressionError("a search needs a schema in braces, a search term, or both");
  return { schema, term };

  function parseSchema() {
    at++;
    const names: string[] = [];
    for (; at < words.length && words[at]!.type !== "}"; at++) if (words[at]!.type !== ",") names.push(words[at]!.text);
    if (words[at]?.type !== "}") throw expressionError("the schema's closing brace is missing in the search expression");
    at++;
    if (words[at]?.type === ",") at++;
    const [namespace, ...dimensions] = names;
    if (namespace === undefined) throw expressionError("the search expression's schema needs a namespace");
    return { namespace, dimensions };
  }

  /** @param property whose value a list in parentheses is: MetricName=("A" OR "B"). */
  function parseOr(property?: string): SearchTerm {
    const terms = [parseAnd(property)];
    while (words[at]?.type === "OR") {
      at++;
      terms.push(parseAnd(property));
    }
    return terms.length === 1 ? terms[0]! : { type: "or", terms };
  }

  function parseAnd(property: string | undefined): SearchTerm {
    const terms = [parseNot(property)];
    while (at < words.length && words[at]!.type !== "OR" && words[at]!.type !== ")") {
      if (words[at]!.type === "AND") at++;
      terms.push(parseNot(property));
    }
    return terms.length === 1 ? terms[0]! : { type: "and", terms };
  }

  function parseNot(property: string | undefined): SearchTerm {
    const word = words[at++];
    if (word?.type === "NOT") return { type: "not", term: parseNot(property) };
    if (word?.type === "(") {
      const term = parseOr(property);
      if (words[at++]?.type !== ")") throw expressionError("a closing parenthesis is missing in the search expression");
      return term;
    }
    if (word?.type !== "word" && word?.type !== "quoted")
      throw expressionError("a search term is missing in the search expression");
    if (words[at]?.type !== "=") return { type: "match", property, text: word.text, exact: word.type === "quoted" };
    if (property !== undefined) throw expressionError(`${word.text}= stands within the values of ${property}`);
    at++;
    if (at >= words.length) throw expressionError(`a value is missing after ${word.text}=`);
    return parseValue(word.text);
  }

  /** One value, or a list of them in parentheses; what follows is the next term. */
  function parseValue(property: string): SearchTerm {
    const value = words[at]!;
    if (value.type === "(") return parseNot(property);
    if (value.type !== "word" && value.type !== "quoted") throw expressionError(`a value is missing after ${property}=`);
    at++;
    return { type: "match", property, text: value.text, exact: value.type === "quoted" };
  }
}

interface Word {
  type: "{" | "}" | "(" | ")" | "," | "=" | "AND" | "OR" | "NOT" | "word" | "quoted";
  text: string;
}

function tokenise(text: string): Word[] {
  const words: Word[] = [];
  const pattern = /\s+|([{}(),=])|"((?:\\.|[^"\\])*)"|([^\s{}(),="]+)/gy;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    end = match.index + match[0].length;
    const [, sign, quoted, word] = match;
    if (sign) words.push({ type: sign as Word["type"], text: sign });
    else if (quoted !== undefined) words.push({ type: "quoted", text: quoted.replace(/\\(.)/g, "$1") });
    else if (word === "AND" || word === "OR" || word === "NOT") words.push({ type: word, text: word });
    else if (word) words.push({ type: "word", text: word });
  }
  if (end < text.length) throw expressionError(`cannot read the search expression from "${text.slice(end)}" on`);
  return words;
}

/**
 * The parts that CloudWatch cuts a name into: at changes to upper case, at digits and at other characters, in lower case.
 * "CustomCount1" -> custom, count, 1.
 */
export function tokens(text: string): string[] {
  return (text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((token) => token.toLowerCase());
}

/**
 * A partial match: the term's tokens appear one after the other among the name's, or the one token is the whole name. A term of
 * several tokens without delimiters is case sensitive: "Count1" finds CustomCount1, "count1" doesn't.
 */
function partlyMatches(name: string, term: string): boolean {
  const wanted = tokens(term);
  if (wanted.length === 0) return false;
  const present = tokens(name);
  if (wanted.length === 1 && present.join("") === wanted[0]) return true;
  const stripped = name.replace(/[^A-Za-z0-9]/g, "");
  const composites = term.split(/[^A-Za-z0-9]+/).filter((piece) => tokens(piece).length > 1);
  if (!composites.every((piece) => stripped.includes(piece))) return false;
  return present.some((_, from) => wanted.every((token, i) => present[from + i] === token));
}

function matches(term: SearchTerm, key: MetricKey): boolean {
  switch (term.type) {
    case "not":
      return !matches(term.term, key);
    case "and":
      return term.terms.every((inner) => matches(inner, key));
    case "or":
      return term.terms.some((inner) => matches(inner, key));
    case "match": {
      const compare = (name: string) => (term.exact ? name === term.text : partlyMatches(name, term.text));
      return namesOf(term.property, key).some(compare);
    }
  }
}

function namesOf(property: string | undefined, key: MetricKey): string[] {
  if (property === undefined) return [key.name, key.namespace, ...Object.entries(key.dimensions).flat()];
  if (property === "MetricName") return [key.name];
  if (property === "Namespace") return [key.namespace];
  const value = key.dimensions[property];
  return value === undefined ? [] : [value];
}

export function matchesSearch({ schema, term }: SearchQuery, key: MetricKey): boolean {
  if (schema) {
    if (schema.namespace !== key.namespace) return false;
    const names = Object.keys(key.dimensions);
    const wanted = schema.dimensions;
    if (wanted.length > 0 && (wanted.length !== names.length || !wanted.every((name) => names.includes(name)))) return false;
  }
  return !term || matches(term, key);
}

/** Legends of found metrics: what tells them apart, as in the console. */
export function distinctLabels(found: readonly Series[]): string[] {
  const names = new Set(found.map(({ key }) => key.name));
  const dimensionNames = [...new Set(found.flatMap(({ key }) => Object.keys(key.dimensions)))];
  const varying = dimensionNames.filter((name) => new Set(found.map(({ key }) => key.dimensions[name])).size > 1);
  return found.map(({ key }) => {
    const parts = varying.map((name) => key.dimensions[name]).filter((value) => value !== undefined);
    return names.size > 1 || parts.length === 0 ? [...parts, key.name].join(" ") : parts.join(" ");
  });
}
