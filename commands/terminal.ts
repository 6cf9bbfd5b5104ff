import * as readline from "node:readline/promises";

/** What a command sees of the machine it runs on: output, questions, time. */
export interface Terminal {
  write(line: string): void;
  /** Columns. */
  width: number;
  /** Whether somebody is there to answer. */
  asks: boolean;
  ask(question: string): Promise<string>;
  /** ms since the epoch. */
  now(): number;
  pause(milliseconds: number): Promise<void>;
}

export function machineTerminal(): Terminal {
  return {
    write: (line) => void process.stdout.write(`${line}\n`),
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
