// Compiles TypeScript as it is required, for commands that a person waits for. Types are checked by `npm run lint`.
// Sucrase is seven times as fast as TypeScript's own emitter, but the scaler's text is uploaded to Lambda, and its hash must be the
// one of `pulumi up`: scaler/ goes through TypeScript with the options of tsconfig.json.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { addHook } = require("pirates");

const root = path.join(__dirname, "..");
const uploaded = path.join(root, "scaler") + path.sep;

function compile(code, file) {
  if (file.startsWith(uploaded)) return transpile(code, file);
  const transforms = ["typescript", "imports"];
  const { transform } = require("sucrase");
  return transform(code, { filePath: file, transforms, disableESTransforms: true, enableLegacyTypeScriptModuleInterop: true })
    .code;
}

let options;
function transpile(code, file) {
  const ts = require("typescript");
  options ??= ts.convertCompilerOptionsFromJson(require("../tsconfig.json").compilerOptions, root).options;
  return ts.transpileModule(code, { compilerOptions: options, fileName: file }).outputText;
}

// What was compiled is kept, a file for each source. Its last line is the hash of all that it was made from: another one, or none
// because the file is cut short, and it is compiled again.
const kept = path.join(root, ".cache", "compiled");
const versions = ["typescript", "sucrase"].map((name) => require(`${name}/package.json`).version);
const compilers = hashOf([fs.readFileSync(__filename), JSON.stringify(require("../tsconfig.json")), ...versions]);

function hashOf(texts) {
  const hash = createHash("sha1");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex");
}

function compileOnce(code, file) {
  const name = path.relative(root, file);
  if (name.startsWith("..")) return compile(code, file);
  const target = path.join(kept, `${name}.js`);
  const end = `\n//${hashOf([compilers, code])}`;
  const before = readIfThere(target);
  if (before?.endsWith(end)) return before.slice(0, -end.length);
  const compiled = compile(code, file);
  keep(target, compiled + end);
  return compiled;
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Other processes read and write the same file: it changes all at once. Where nothing can be written, nothing is kept. */
function keep(file, text) {
  const mine = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(mine, text);
    fs.renameSync(mine, file);
  } catch {
    fs.rm(mine, { force: true }, () => {});
  }
}

addHook(compileOnce, { exts: [".ts"] });
