// What `npm test` runs: every test of the project, a file at a time in a process for each core. Files that take long come first, so that
// no core waits for another one's at the end.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const common = require("../.mocharc.json");
const longest = [/(properties|hostile|loop|mutants)\.test\.ts$/, /^tests\/pipeline\//, /^tests\/(commands|components|docs)\//];

const rank = (file) => [...longest, /./].findIndex((pattern) => pattern.test(file));

const files = fs
  .readdirSync(__dirname, { recursive: true })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => `tests/${name.split(path.sep).join("/")}`);

module.exports = {
  ...common,
  require: [...common.require, "./tests/support/parallel.js"],
  parallel: true,
  jobs: os.availableParallelism(),
  spec: files.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)),
};
