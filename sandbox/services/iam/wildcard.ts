/** Policy patterns: `*` is any run of characters, `?` is one. "IAM JSON policy elements: Resource", "... Action". */
export type Match = (text: string) => boolean;

export function wildcard(pattern: string, ignoreCase = false): Match {
  if (pattern === "*") return () => true;
  if (!/[*?]/.test(pattern)) {
    if (!ignoreCase) return (text) => text === pattern;
    const lower = pattern.toLowerCase();
    return (text) => text.toLowerCase() === lower;
  }
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  const regex = new RegExp(`^${source}$`, ignoreCase ? "is" : "s");
  return (text) => regex.test(text);
}

/**
 * ArnLike and ArnEquals: "Each of the six colon-delimited components of the ARN is checked separately and each can include
 * multi-character match wildcards". (IAM JSON policy elements: Condition operators)
 */
export function arnLike(pattern: string): Match {
  const expected = arnParts(pattern).map((part) => wildcard(part));
  return (text) => {
    const parts = arnParts(text);
    return parts.length === expected.length && expected.every((match, i) => match(parts[i] ?? ""));
  };
}

/** partition, service, region, account and resource; the resource keeps its colons. */
function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
