// A process of its own: Kinesis behind the sandbox's AWS endpoint, its time going by as the machine's. Says its port.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
import { createCloud } from "../sandbox/createCloud";
import { credentials } from "../sandbox/accessKey";
import { listenAwsEndpoint } from "../sandbox/wire/awsEndpoint";

const tickMs = 100;

async function main(): Promise<void> {
  const start = Date.UTC(2026, 0, 5);
  const cloud = createCloud({ start, seed: 1, region: "us-east-1", kinesis: { createStreamSeconds: 0 } });
  cloud.iam.addCredentials(credentials, cloud.deployer.arn);
  const options = { port: 0, credentials: cloud.iam.credentials, exclusively: <T>(work: () => Promise<T>) => work() };
  const { port } = await listenAwsEndpoint(cloud, options);
  const begun = performance.now();
  setInterval(() => void cloud.clock.advanceTo(start + performance.now() - begun), tickMs);
  console.log(String(port));
}

void main();
