import { strict as assert } from "node:assert";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { awsCli, needs, sleep } from "./tools";

const root = path.join(__dirname, "..", "..");
const port = /127\.0\.0\.1:\d+/;

/** `npm start` as a newcomer has it, and the lines that it prints to be pasted into another terminal. */
describe("the lines that npm start prints, README and docs quote", function () {
  this.timeout(120_000);
  let started: ChildProcess;
  let printed = "";
  const line = (beginning: string) => printed.split("\n").find((one) => one.startsWith(beginning)) ?? "";

  before(async function () {
    needs(this, awsCli, "The AWS CLI");
    const npm = ["start", "--silent", "--", "--port", "0", "--speed", "60"];
    started = spawn("npm", npm, { cwd: root, stdio: ["ignore", "pipe", "inherit"], detached: true });
    started.stdout?.on("data", (chunk) => (printed += chunk));
    for (let tries = 0; line("curl") === "" && tries < 600 && started.exitCode === null; tries++) await sleep(100);
  });
  after(() => {
    if (started?.pid !== undefined && started.exitCode === null) process.kill(-started.pid, "SIGKILL");
  });

  /** Runs it in a shell of a machine with an AWS configuration of its own, as most have. */
  async function paste(text: string): Promise<string> {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-home-"));
    fs.mkdirSync(path.join(home, ".aws"));
    fs.writeFileSync(path.join(home, ".aws", "config"), "[default]\nregion = eu-west-1\noutput = text\n");
    const env = {
      PATH: `${path.dirname(awsCli)}:${process.env["PATH"]}`,
      HOME: home,
      AWS_REGION: "eu-central-1",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_SESSION_TOKEN: "of another login",
      AWS_DEFAULT_OUTPUT: "json",
    };
    try {
      return await new Promise((resolve, reject) =>
        execFile("sh", ["-c", text], { env }, (error, out, errors) =>
          error ? reject(new Error(`${errors}${error.message}`)) : resolve(out),
        ),
      );
    } finally {
      fs.rmSync(home, { recursive: true });
    }
  }

  const shards = (answer: string) =>
    (JSON.parse(answer) as { StreamDescriptionSummary: { OpenShardCount: number } }).StreamDescriptionSummary.OpenShardCount;

  it("the AWS CLI's works as it is", async () => {
    assert.ok(shards(await paste(line("AWS_ACCESS_KEY_ID="))) >= 8);
  });

  it("the scaling API's works as it is", async () => {
    const answer = JSON.parse(await paste(`${line("curl")} --silent`)) as { dimensionName: string; actualCapacity: number };
    assert.ok(answer.actualCapacity >= 8, JSON.stringify(answer));
  });

  for (const file of ["README.md", "docs/sandbox.md"]) {
    it(`${file} quotes the AWS CLI's, and it works there as well`, async () => {
      const quoted =
        fs
          .readFileSync(path.join(root, file), "utf8")
          .split("\n")
          .find((one) => one.startsWith("AWS_ACCESS_KEY_ID=")) ?? "";
      const [here = ""] = port.exec(line("AWS_ACCESS_KEY_ID=")) ?? [];
      const pasted = quoted.replace("127.0.0.1:4511", here);
      assert.equal(pasted, line("AWS_ACCESS_KEY_ID="));
      assert.ok(shards(await paste(pasted)) >= 8);
    });
  }

  it("docs/sandbox.md quotes the scaling API's", () => {
    const quoted =
      fs
        .readFileSync(path.join(root, "docs/sandbox.md"), "utf8")
        .split("\n")
        .find((one) => one.startsWith("curl ")) ?? "";
    const api = /execute-api\/([^/]+)\//.exec(line("curl"))?.[1] ?? "";
    const [here = ""] = port.exec(line("curl")) ?? [];
    assert.equal(quoted.replace("execute-api/API/", `execute-api/${api}/`).replace("127.0.0.1:4511", here), line("curl"));
  });
});
