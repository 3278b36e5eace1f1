import js from "@eslint/js";
import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

/** Import bans shared by every TypeScript file; flat config replaces a rule's options, so they are merged by hand. */
const rootImports = {
  paths: [
    {
      name: "@pulumi/kubernetes",
      message:
        "Import a sub-path (@pulumi/kubernetes/core/v1): the root import type-checks all of Kubernetes.",
    },
  ],
};
const pureOnly = {
  paths: rootImports.paths,
  patterns: [
    {
      group: ["@pulumi/*", "**/components", "**/components/*"],
      message:
        "Only components/, program/, drive/, policy/ and index.ts may import Pulumi; this folder is pure.",
    },
  ],
};

export default tseslint.config(
  { ignores: ["dist/", ".lab/", "lab/charts/", "node_modules/", "manifests/toolhive/generated/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { jsdoc },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "max-lines": ["error", { max: 260 }],
      "no-restricted-imports": ["error", rootImports],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export by name." },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/prefer-readonly": "error",
      // The Kubernetes client's classes are plain data with a constructor.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "jsdoc/require-jsdoc": [
        "error",
        {
          publicOnly: true,
          require: {
            ArrowFunctionExpression: true,
            ClassDeclaration: true,
            FunctionDeclaration: true,
            MethodDefinition: false,
          },
          contexts: [
            "ExportNamedDeclaration > TSInterfaceDeclaration",
            "ExportNamedDeclaration > TSTypeAliasDeclaration",
            "ExportNamedDeclaration > VariableDeclaration",
            "ExportNamedDeclaration > TSInterfaceDeclaration TSPropertySignature",
          ],
        },
      ],
    },
  },
  {
    files: [
      "catalog/**",
      "manifests/**",
      "cli/**",
      "engines/**",
      "exports/**",
      "contracts/**",
      "policy/rules/**",
    ],
    rules: { "no-restricted-imports": ["error", pureOnly] },
  },
  {
    files: ["bin/**/*.js", "start.js", "bundle.js", "policy/start.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        require: "readonly",
        module: "readonly",
        process: "readonly",
        setInterval: "readonly",
        __dirname: "readonly",
      },
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "jsdoc/require-jsdoc": "off" },
  },
);
