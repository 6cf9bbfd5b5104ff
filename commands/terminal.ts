import * as readline from "node:readline/promises";

/** What a command sees of the machine it runs on: output, questions, time. */
export interface Terminal {
  write(line: string): void;
  /** Shows a line where the one shown before stood, until something is written; undefined: lines can't be rewritten. */
  show?(line: string): void;
  /** Columns. */
  width: number;
  /** Whether somebody is there to answer. */
  asks: boolean;
  ask(question: string): Promise<string>;
  /** ms since the epoch. */
  now(): number;
  pause(milliseconds: number): Promise<void>;
}

const clearLine = "\r\x1b[2K";

export function machineTerminal(): Terminal {
  const rewrites = process.stdout.isTTY === true && process.env.TERM !== "dumb";
  let shown = false;
  return {
    write(line) {
      process.stdout.write(`${shown ? clearLine : ""}${line}\n`);
      shown = false;
    },
    ...(rewrites && {
      show(line: string) {
        process.stdout.write(`${clearLine}${line.slice(0, (process.stdout.columns ?? 80) - 1)}`);
        shown = true;
      },
    }),
    width: process.stdout.columns ?? 120,
    asks: process.stdin.isTTY === true && process.stdout.isTTY === true,
    async ask(question) {
      const lines = readline.createInterface({ input: process.stdin, output: process.stdout });
      try {
        return await lines.question(question);
      } finally {
        lines.close();
      }
    },
    now: () => Date.now(),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
