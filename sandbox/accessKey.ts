/** The sandbox's own access key: it works on this machine's loopback only, and only while the sandbox runs. */
export const credentials = { accessKeyId: "AKIASLUICESANDBOX000", secretAccessKey: "sandbox-secret-sandbox-secret-sandbox000" };
