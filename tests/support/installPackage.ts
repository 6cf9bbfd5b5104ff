import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");

/** Packs the package and lays it, with its dependencies, into `folder`/node_modules, as an installation elsewhere would. */
export function installPackage(folder: string): void {
  const installed = path.join(folder, "node_modules", "sluice");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(installed, { recursive: true });
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  const packed = fs.readdirSync(folder).find((file) => file.endsWith(".tgz"))!;
  execFileSync("tar", ["-xzf", path.join(folder, packed), "-C", installed, "--strip", "1"]);
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8")) as { dependencies: object };
  for (const name of [...Object.keys(dependencies), "@types/node"]) {
    const link = path.join(folder, "node_modules", name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(path.join(root, "node_modules", name), link);
  }
}
