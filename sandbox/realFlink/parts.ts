import * as fs from "node:fs";
import * as path from "node:path";
import { projectFolder } from "../deploy/deploy";
import { stackError } from "../deploy/stackFiles";
import { requireMaven, runTool } from "./tools";

const jobFolder = path.join(projectFolder, "flink-job");

/** What a cluster is made of and how it logs. */
export const clusterFolder = path.join(jobFolder, "cluster");

/** The reference job, where `npm run build:job` puts it. */
export const referenceJar = path.join(jobFolder, "target", "trips.jar");

/** Flink's version: that of the reference job. */
export function flinkVersion(): string {
  const pom = fs.readFileSync(path.join(jobFolder, "pom.xml"), "utf8");
  return /<flink\.version>([^<]+)</.exec(pom)![1]!;
}

/**
 * The classpath of a Flink cluster: its modules from Maven, fetched once.
 * @throws StackError without Maven, or with what Maven said.
 */
export async function clusterClasspath(say: (text: string) => void): Promise<string> {
  const version = flinkVersion();
  const folder = path.join(projectFolder, ".cache", "flink", version);
  const done = path.join(folder, "installed.txt");
  if (!fs.existsSync(done)) {
    await requireMaven("--flink real");
    say(`Fetching Flink ${version} (about 100 MB, once) ...`);
    fs.rmSync(folder, { recursive: true, force: true });
    const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies";
    const args = ["-q", "-B", "-f", path.join(clusterFolder, "pom.xml"), `-Dflink.version=${version}`];
    const ran = await runTool("mvn", [...args, goal, `-DoutputDirectory=${path.join(folder, "lib")}`]);
    if (ran?.code !== 0) throw stackError(`Flink ${version} can't be fetched; Maven says:\n${ran?.text.trim()}`);
    fs.writeFileSync(done, `${version}\n`);
  }
  return path.join(folder, "lib", "*");
}

/** @throws StackError that says how to build it. */
export function requireJar(jar: string): void {
  if (fs.existsSync(jar)) return;
  const build = jar === referenceJar ? " Build it first: npm run build:job." : "";
  throw stackError(`The job's jar ${path.relative(process.cwd(), jar)} isn't there.${build}`);
}
