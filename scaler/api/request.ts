/** Bodies are {"desiredCapacity": 6.0}: more than this is not one of them. */
const longestBody = 1_024;
/** Above any quota of shards or KPUs. */
const largestCapacity = 1_000_000;

const example = 'send {"desiredCapacity": 6.0}';

/** The capacity that PATCH asks for, or what is wrong with its body and what to send instead. */
export function parseDesiredCapacity(event: { body?: string | null; isBase64Encoded?: boolean }): number | string {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString("utf8") : (event.body ?? "");
  if (text.trim() === "") return `The body is empty: ${example}`;
  if (text.length > longestBody) return `The body has ${text.length} characters, at most ${longestBody} are allowed: ${example}`;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return `The body is not JSON: ${example}`;
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) return `The body is not a JSON object: ${example}`;
  return checkCapacity((body as Record<string, unknown>)["desiredCapacity"]);
}

function checkCapacity(value: unknown): number | string {
  if (value === undefined) return `desiredCapacity is missing: ${example}`;
  const got = `desiredCapacity is ${typeof value === "number" ? value : JSON.stringify(value)}`;
  if (typeof value !== "number" || Number.isNaN(value)) return `${got}, it must be a number: ${example}`;
  if (value < 0) return `${got}, it must not be negative`;
  if (value > largestCapacity) return `${got}, at most ${largestCapacity} is allowed`;
  if (!Number.isInteger(value)) return `${got}, it must be a whole number of shards or KPUs`;
  return value + 0;
}
