// What `mocha --parallel` needs to fail as loudly as mocha in one process: tests/mocharc.js requires it in every process.
const isWorker = process.env.MOCHA_WORKER_ID !== undefined;

// A worker that dies while it waits for a file isn't missed: mocha ends without a word and with 0, in the middle of its work.
let over = isWorker;
exports.mochaGlobalTeardown = () => {
  over = true;
};
process.on("exit", (code) => {
  if (over || code !== 0) return;
  console.error("A process that ran tests has died after its file was over: see above.");
  process.exitCode = 1;
});

function rethrow(reason) {
  throw reason;
}

function toText() {
  return `${this}n`;
}

// These run once for each file.
exports.mochaHooks = {
  beforeAll() {
    // Mocha takes a rejection that nobody handles for nothing.
    process.on("unhandledRejection", rethrow);
    delete BigInt.prototype.toJSON;
  },
  afterAll() {
    // Failures go to the main process as JSON.
    BigInt.prototype.toJSON = toText;
  },
};
