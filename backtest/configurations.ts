import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import { readStackFiles, stackError, stackOf, type StackFiles } from "../sandbox/deploy/stackFiles";
import { inputError } from "../sandbox/inputError";

/** A configuration, and how the tables call it. */
export interface Configuration {
  name: string;
  files: StackFiles;
}

/** The stack that a change is compared with. */
export interface Compared {
  folder: string;
  stack: string;
  /** The stack's file where it isn't the project's. */
  configFile?: string;
  files: StackFiles;
}

/**
 * Another configuration of a stack.
 * @param against keys with values (`targetPercent=65 maxShards=64`), a stack's file, a git revision, or a file of a revision (FILE@REVISION).
 * @throws StackError, InputError: there is no such file or revision, a key without a value.
 */
export function otherConfiguration(against: readonly string[], compared: Compared): Configuration {
  const [first = ""] = against;
  if (first.includes("=")) return changed(against, compared);
  const { folder, stack } = compared;
  if (fs.existsSync(first)) return { name: first, files: readStackFiles(folder, stackOf(first) ?? stack, first) };
  const at = first.lastIndexOf("@");
  const [file, revision] = at > 0 ? [first.slice(0, at), first.slice(at + 1)] : [compared.configFile, first];
  return { name: first, files: ofRevision(revision, file ?? `Pulumi.${stack}.yaml`, compared) };
}

function changed(against: readonly string[], { files }: Compared): Configuration {
  const config = { ...files.config };
  for (const text of against) {
    const equals = text.indexOf("=");
    const [key, value] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
    if (key === "" || value === "")
      throw inputError("OptionsError", `--against ${text}: say KEY=VALUE, such as targetPercent=65`);
    config[key.includes(":") ? key : `${files.project}:${key}`] = parse(value) as unknown;
  }
  return { name: against.join(" "), files: { ...files, config } };
}

/** The project's file and the stack's as a commit has them. The program and its defaults stay those that are here. */
function ofRevision(revision: string, file: string, { folder, stack }: Compared): StackFiles {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const commit = (() => {
    try {
      return git("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`).trim();
    } catch {
      throw stackError(`--against: there is no file and no git revision "${revision}" here.`);
    }
  })();
  const shown = (name: string): string => {
    try {
      return git("show", `${commit}:./${path.relative(folder, path.resolve(folder, name))}`);
    } catch {
      throw stackError(`--against: revision ${revision} has no ${name}.`);
    }
  };
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-revision-"));
  try {
    fs.writeFileSync(path.join(scratch, "Pulumi.yaml"), shown("Pulumi.yaml"));
    fs.writeFileSync(path.join(scratch, `Pulumi.${stack}.yaml`), shown(file));
    return readStackFiles(scratch, stack);
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}
