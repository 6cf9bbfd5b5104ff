/** Every error that was shown, each to the next empty line, without indentation. */
export function errorsIn(text: string): string[][] {
  const lines = unindented(text);
  const firsts = lines.flatMap((line, at) => (line.startsWith("error: ") ? [at] : []));
  return firsts.map((first) => {
    const end = lines.indexOf("", first);
    return lines.slice(first, end < 0 ? undefined : end);
  });
}

export const unindented = (text: string) => text.split("\n").map((line) => line.trim());
