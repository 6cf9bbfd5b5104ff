// What Pulumi's plugin runner loads (PulumiPlugin.yaml). It compiles TypeScript with the settings of the folder that `pulumi` runs in, which is
// its user's; these are this package's own.
const { readFileSync } = require("node:fs");
const service = require("ts-node").create({ cwd: __dirname });
require.extensions[".ts"] = (module, file) => module._compile(service.compile(readFileSync(file, "utf8"), file), file);
module.exports = require("./components");
