import type { ServerResponse } from "node:http";
import { openEventStream, type EventStream } from "./eventStream";
import type { Feeds } from "./feed";
import type { RunState } from "./messages";
import { createView, type View, type ViewOptions } from "./view";

/** The browsers that listen, grouped by what they look at: each view is evaluated once however many look. */
export interface Audience {
  /** Listens from now on. The browser that has listened longest gives way when there are too many. */
  join(response: ServerResponse, options: ViewOptions): void;
  /**
   * Sends everybody what is new; everything to those that have nothing yet or didn't keep up.
   * @param run looked at once a view: time may pass from one to the next.
   */
  tell(feeds: Feeds | undefined, run: () => RunState): Promise<void>;
  /** A sign of life when there is nothing to tell. */
  beat(): void;
  readonly size: number;
  /** There is something to tell even if nothing happens: a view has left work for later, or a browser didn't keep up. */
  readonly behind: boolean;
  /** Says that the sandbox stops, and ends all connections. */
  end(): void;
}

interface Listener {
  stream: EventStream;
  key: string;
  options: ViewOptions;
  /** Has everything up to the last message. */
  inStep: boolean;
}

/** Browsers at once: each may look at another view, and a view costs milliseconds each time it is looked at. */
export const mostListeners = 32;
/** When a browser that had to give way asks again, ms. */
const comeBackMs = 30_000;

export function createAudience(machineClock: () => number): Audience {
  let listeners: Listener[] = [];
  let views = new Map<string, Promise<View>>();
  let feedsOfViews: Feeds | undefined;
  let behind = false;

  const viewFor = (feeds: Feeds, { key, options }: Listener): Promise<View> => {
    const known = views.get(key);
    if (known) return known;
    const view = createView(feeds.of(options.pipeline), options, machineClock);
    views.set(key, view);
    return view;
  };

  const forgetViews = (feeds: Feeds | undefined) => {
    if (feeds !== feedsOfViews) {
      views = new Map();
      listeners.forEach((listener) => (listener.inStep = false));
      feedsOfViews = feeds;
    }
    const looked = new Set(listeners.map(({ key }) => key));
    for (const key of views.keys()) if (!looked.has(key)) views.delete(key);
  };

  const send = (listener: Listener, change: string, whole: () => string) => {
    if (listener.inStep) listener.inStep = listener.stream.send("change", change);
    else if (listener.stream.drained) listener.inStep = listener.stream.send("whole", whole());
  };

  const tellView = async (feeds: Feeds, runNow: () => RunState, group: Listener[]) => {
    const view = await viewFor(feeds, group[0]!);
    const run = runNow();
    const change = JSON.stringify({ run, ...view.refresh() });
    let everything: string | undefined;
    behind ||= view.behind;
    for (const listener of group) send(listener, change, () => (everything ??= JSON.stringify({ run, ...view.whole() })));
  };

  return {
    join(response, options) {
      const key = JSON.stringify(options);
      const stream = openEventStream(response, () => (listeners = listeners.filter((other) => other !== listener)));
      const listener: Listener = { stream, key, options, inStep: false };
      const [eldest] = listeners;
      if (eldest && listeners.length >= mostListeners) {
        listeners = listeners.slice(1);
        eldest.stream.send("full", JSON.stringify({ most: mostListeners }));
        eldest.stream.close(comeBackMs);
      }
      listeners = [...listeners, listener];
    },
    async tell(feeds, run) {
      forgetViews(feeds);
      if (!feeds) return listeners.forEach(({ stream }) => void stream.send("change", JSON.stringify({ run: run() })));
      const groups = new Map<string, Listener[]>();
      for (const listener of listeners) groups.set(listener.key, [...(groups.get(listener.key) ?? []), listener]);
      behind = false;
      const failures: unknown[] = [];
      for (const group of groups.values()) {
        // One view that fails doesn't take the others' news.
        await tellView(feeds, run, group).catch((error: unknown) => {
          failures.push(error);
          views.delete(group[0]!.key);
        });
        // Clients of the sandbox and the passing of time come in between.
        await new Promise((resolve) => setImmediate(resolve));
      }
      behind ||= listeners.some(({ inStep }) => !inStep);
      if (failures.length > 0) throw failures[0];
    },
    beat: () => listeners.forEach(({ stream }) => void stream.send("beat", "{}")),
    get behind() {
      return behind;
    },
    get size() {
      return listeners.length;
    },
    end() {
      for (const { stream } of listeners) {
        stream.send("stopped", "{}");
        stream.close();
      }
    },
  };
}
