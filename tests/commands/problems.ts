import { strict as assert } from "node:assert";
import { isInputError } from "../../sandbox/inputError";

/** The problems that reading options gives, without title and hint. */
export function problemsOf(read: () => unknown, command: string): string[] {
  try {
    read();
  } catch (error) {
    assert.ok(isInputError(error), String(error));
    const lines = error.message.split("\n");
    assert.match(lines[0] ?? "", /^Invalid option/);
    assert.equal(lines.at(-1), `See npm run ${command} -- --help`);
    return lines.slice(1, -1).map((line) => line.replace(/^ {2}- /, ""));
  }
  return assert.fail("no error");
}
