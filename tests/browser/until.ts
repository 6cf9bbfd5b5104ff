const pollMs = 50;

/** Waits until something is so, asked from outside the page: its content security policy lets nothing be evaluated later on. */
export async function until(isSo: () => Promise<boolean>, what: string, milliseconds = 30_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Not within ${milliseconds / 1_000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
