import tseslint from "typescript-eslint";

const noClass = {
  selector: "ClassDeclaration, ClassExpression",
  message:
    "No classes in scaler/: they serialise without complaint and break when the Lambda runs. Use functions and plain data.",
};
const noModuleMap = {
  selector:
    "Program > :matches(VariableDeclaration, ExportNamedDeclaration > VariableDeclaration) > VariableDeclarator > NewExpression[callee.name=/^(Map|Set|WeakMap|WeakSet|Date)$/]",
  message:
    "No module-level Map, Set or Date in scaler/: captured ones throw when the Lambda runs. Make it inside the function or use a plain object.",
};

export default tseslint.config(
  { ignores: ["node_modules/", ".cache/", "coverage/", "dist/", "**/target/"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      eqeqeq: "error",
      "no-console": "off",
    },
  },
  { files: ["**/*.js"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  { files: ["scaler/**/*.ts"], rules: { "no-restricted-syntax": ["error", noClass, noModuleMap] } },
);
