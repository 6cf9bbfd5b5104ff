import * as http from "node:http";

export interface Received {
  event: string;
  data: Record<string, unknown> & { run: { state: string; time: number } };
}

/** A browser's EventSource in so far as the tests need it. */
export interface Listening {
  /** The next event of this name, also one that came before. */
  next(event: string): Promise<Received>;
  ended: Promise<void>;
  /** What came that is no event. */
  rest(): string;
  close(): void;
}

export function listen(url: string): Listening {
  const received: Received[] = [];
  let waiting: (() => void)[] = [];
  let rest = "";
  let other = "";
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const request = http.get(url, (response) => {
    response.setEncoding("utf8");
    response.on("data", (text: string) => {
      const messages = (rest + text).split("\n\n");
      rest = messages.pop() ?? "";
      received.push(...messages.filter((message) => message.startsWith("event:")).map(parsed));
      other += messages.filter((message) => !message.startsWith("event:")).join("\n");
      waiting.forEach((wake) => wake());
      waiting = [];
    });
    response.on("close", end);
  });
  request.on("error", end);
  return {
    async next(event) {
      for (;;) {
        const at = received.findIndex((one) => one.event === event);
        if (at >= 0) return received.splice(0, at + 1).at(-1)!;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    ended,
    rest: () => other,
    close: () => request.destroy(),
  };
}

function parsed(message: string): Received {
  const [, event = "", data = ""] = /^event: ([^\n]*)\ndata: ([^\n]*)$/.exec(message) ?? [];
  return { event, data: JSON.parse(data) };
}
