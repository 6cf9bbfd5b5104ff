/** One line on standard error that says how far long work has come; nothing where nobody watches. */
export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export function progressLine(screen: Screen): ProgressLine {
  let shown = false;
  return {
    show(text) {
      if (!screen.isTTY) return;
      screen.write(`\r\x1b[K${text.slice(0, (screen.columns ?? 80) - 1)}`);
      shown = true;
    },
    clear() {
      if (shown) screen.write("\r\x1b[K");
      shown = false;
    },
  };
}
