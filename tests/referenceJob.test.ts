import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pipelineSettings } from "../components/pipelineArgs";
import { validateFlinkApplication } from "../components/application/flinkApplication";
import { projectFolder, stackConfig } from "../sandbox/deploy/deploy";
import { readStackFiles } from "../sandbox/deploy/stackFiles";

const read = (file: string) => fs.readFileSync(path.join(projectFolder, file), "utf8");
const first = (pattern: RegExp, file: string) => pattern.exec(read(file))?.[1];
const jar = "flink-job/target/trips.jar";

/** In `folder`, where the job isn't built. */
function elsewhere<T>(work: (folder: string) => T): T {
  const before = process.cwd();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-job-"));
  process.chdir(folder);
  try {
    return work(folder);
  } finally {
    process.chdir(before);
    fs.rmSync(folder, { recursive: true });
  }
}

describe("the reference job", () => {
  const problems = (codeJar: string) => validateFlinkApplication({ streamArn: "arn", codeJar }).map(({ text }) => text);

  it("has the connector that its stack and docs name", () => {
    const version = first(/<connector.version>(.+)</, "flink-job/pom.xml");
    assert.equal(first(/connectorVersion: (\S+)/, "flink-job/Pulumi.local.yaml"), version);
    assert.ok(read("docs/job.md").includes(`flink-connector-kinesis ${version}`));
  });

  it("has the stacks' maxParallelism", () => {
    const { maxParallelism } = pipelineSettings({ application: { codeJar: "job.jar", recordsPerKpuPerMinute: 1 } }).application;
    assert.equal(
      first(/number\("max\.parallelism", (\d+)\)/, "flink-job/src/main/java/sluice/job/JobProperties.java"),
      String(maxParallelism),
    );
  });

  it("that isn't built is refused with the command that builds it; any other jar is the engine's to open", () => {
    elsewhere((folder) => {
      assert.deepEqual(problems(jar), ["the reference job isn't built yet. Build it: npm run build:job"]);
      assert.deepEqual(problems("target/mine.jar"), []);
      fs.mkdirSync(path.join(folder, path.dirname(jar)), { recursive: true });
      fs.writeFileSync(path.join(folder, jar), "");
      assert.deepEqual(problems(jar), []);
    });
  });

  it("has a stack of its own that can be deployed once it is built", () => {
    const files = readStackFiles(projectFolder, "local", path.join(projectFolder, "flink-job", "Pulumi.local.yaml"));
    elsewhere(() => {
      fs.mkdirSync(path.dirname(jar), { recursive: true });
      fs.writeFileSync(jar, "");
      const { application } = stackConfig(files);
      assert.deepEqual([application.codeJar, application.maxKpus], [jar, 4]);
    });
  });
});
