/** Where text goes: standard output, or a test's array. */
export interface Screen {
  write(text: string): void;
  /** Lines may be rewritten in place. */
  readonly refreshes: boolean;
  readonly colours: boolean;
  /** Columns now: a window may be resized. */
  width(): number;
}

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** @param environment NO_COLOR (any value but empty) and TERM=dumb switch colours off; the latter refreshing too. */
export function screenOf(output: Output, environment: Readonly<Record<string, string | undefined>>): Screen {
  const refreshes = output.isTTY === true && environment["TERM"] !== "dumb";
  return {
    write: (text) => void output.write(text),
    refreshes,
    colours: refreshes && !environment["NO_COLOR"],
    width: () => output.columns ?? 80,
  };
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Colour = keyof typeof codes;

export function coloured(screen: Screen, colour: Colour, text: string): string {
  return screen.colours ? `\x1b[${codes[colour]}m${text}\x1b[0m` : text;
}

/** Text from elsewhere (names, messages): without control characters, on one line. */
export function plain(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").replace(/[\x00-\x1f\x7f-\x9f]+/g, " ");
}

/** Cuts a line without colours to `width` columns. */
export function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join("")}…`;
}
