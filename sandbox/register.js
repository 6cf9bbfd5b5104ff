// Compiles TypeScript as it is required, for commands that a person waits for. Types are checked by `npm run lint`.
// Sucrase is seven times as fast as TypeScript's own emitter, but the scaler's text is uploaded to Lambda, and its hash must be the
// one of `pulumi up`: scaler/ goes through TypeScript with the options of tsconfig.json.
const path = require("node:path");
const { addHook } = require("pirates");
const { transform } = require("sucrase");

const root = path.join(__dirname, "..");
const uploaded = path.join(root, "scaler") + path.sep;

function compile(code, file) {
  if (file.startsWith(uploaded)) return transpile(code, file);
  const transforms = ["typescript", "imports"];
  return transform(code, { filePath: file, transforms, disableESTransforms: true, enableLegacyTypeScriptModuleInterop: true })
    .code;
}

let options;
function transpile(code, file) {
  const ts = require("typescript");
  options ??= ts.convertCompilerOptionsFromJson(require("../tsconfig.json").compilerOptions, root).options;
  return ts.transpileModule(code, { compilerOptions: options, fileName: file }).outputText;
}

addHook(compile, { exts: [".ts"] });
