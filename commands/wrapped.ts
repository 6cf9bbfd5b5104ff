/** A text's words in lines of at most `width` columns, as far as words allow. */
export function lines(text: string, width: number): string[] {
  const all: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      all.push(line.trimEnd());
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...all, line];
}

/** Columns that words need at least to be read. */
const leastRoom = 20;

/** A text behind its head; what doesn't fit into `width` columns goes on below it, behind the head's width. */
export function wrapped(head: string, text: string, width: number): string[] {
  const parts = lines(text, Math.max(leastRoom, width - head.length));
  return parts.map((part, i) => (i === 0 ? head : " ".repeat(head.length)) + part);
}
