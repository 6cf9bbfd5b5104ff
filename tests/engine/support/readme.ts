import * as fs from "node:fs";
import * as path from "node:path";

/** The `pulumi` commands of README's section "Deploy it", as they stand there. */
export function readmeCommands(): string[] {
  const readme = fs.readFileSync(path.resolve(__dirname, "../../../README.md"), "utf8");
  const [, section = ""] = readme.split("\n## Deploy it\n");
  const [, block = ""] = section.split("```sh\n");
  return (block.split("```")[0] ?? "").split("\n").filter((line) => line.startsWith("pulumi "));
}
