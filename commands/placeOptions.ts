import type { Option, Parsed } from "./options";

/** Where `npm start` serves the AWS endpoint unless told otherwise. */
export const defaultSandbox = "http://127.0.0.1:4511";

/** Which stack is meant, and where it is. */
export interface PlaceOptions {
  stack?: string;
  /** One of the stack's pipelines where it has several. */
  pipeline?: string;
  /** URL of a sandbox's AWS endpoint; undefined: AWS. */
  sandbox?: string;
  region?: string;
}

export const placeOptions = {
  stack: { argument: "NAME", meaning: "the stack (dev; on the sandbox: the one that runs)", parse: parseStack },
  pipeline: { argument: "NAME", meaning: "one of the stack's pipelines, where it has several", parse: parsePipeline },
  sandbox: {
    argument: "URL",
    meaning: `a stack that npm start runs, instead of AWS (${defaultSandbox})`,
    parse: parseUrl,
    without: { value: defaultSandbox, looksLikeValue: /^[a-z]+:\/\// },
  },
  region: { argument: "REGION", meaning: "AWS region (the stack's aws:region)", parse: parseRegion },
} satisfies Record<string, Option>;

export function parseStack(text: string): Parsed {
  const valid = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(text);
  return valid ? { value: text } : { wrong: "must be a stack's name (letters, digits, - _ .)" };
}

export function parsePipeline(text: string): Parsed {
  return /^[A-Za-z0-9-]+$/.test(text) ? { value: text } : { wrong: "must be a pipeline's name (letters, digits, -)" };
}

/** Requests are signed with the sandbox's own key: they go to this machine only. */
function parseUrl(text: string): Parsed {
  const wrong = { wrong: `must be the AWS endpoint that npm start prints, such as ${defaultSandbox}` };
  if (!URL.canParse(text)) return wrong;
  const { protocol, hostname, origin } = new URL(text);
  return protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname) ? { value: origin } : wrong;
}

function parseRegion(text: string): Parsed {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(text) ? { value: text } : { wrong: "must be a region such as eu-central-1" };
}
