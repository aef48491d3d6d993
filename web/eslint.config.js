import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import lingui from "eslint-plugin-lingui";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = ["session", "catalog", "line-sheet", "style", "carts", "orders", "desk"];

const TRANSLATED = "JSXElement[openingElement.name.name=/^(Trans|Plural)$/]";
const SHOWN = `:matches(JSXElement, JSXFragment):not(${TRANSLATED}) > JSXExpressionContainer`;
const ATTRIBUTE =
  "JSXAttribute[name.name=/^(alt|aria-(label|description|roledescription|valuetext)|description|fault|heading|hint|label|placeholder|summary|text|title)$/]";
const WORDS = "[value=/\\p{L}{2}/u]";
const PIECES = "TemplateLiteral:has(TemplateElement[value.raw=/\\p{L}{2}/u])";
const LITERALS = [
  `Literal${WORDS}`,
  `JSXExpressionContainer > Literal${WORDS}`,
  ...["", "JSXExpressionContainer > "].flatMap((inside) => [
    `${inside}${PIECES}`,
    `${inside}:matches(ConditionalExpression, LogicalExpression) > Literal${WORDS}`,
    `${inside}:matches(ConditionalExpression, LogicalExpression) > ${PIECES}`,
  ]),
];

export default tseslint.config(
  { ignores: ["dist", "src/api/schema", "src/i18n/locales", "src/features/desk/locales"] },
  ...[tseslint.configs.strictTypeChecked, importX.flatConfigs.typescript]
    .flat()
    .map((config) => ({ ...config, files: ["**/*.{ts,tsx}"] })),
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-cycle": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/only-throw-error": [
        "error",
        { allow: [{ from: "package", name: "Redirect", package: "@tanstack/router-core" }] },
      ],
      // noUncheckedIndexedAccess asks for it wherever an index is known to be there.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks, lingui },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "lingui/no-unlocalized-strings": [
        "error",
        {
          ignore: [
            "^[^\\p{L}]*$",
            "^\\.?/",
            "^\\[data-",
            "^Bearer ",
            "^[a-z][a-zA-Z0-9_.:/#?=&, -]*$",
            "^[A-Z][a-zA-Z-]*$",
          ],
          ignoreNames: [{ regex: { pattern: "^(className|style|href|to|from|id|d|key|type)$" } }],
          ignoreFunctions: [
            "Error",
            "SignInRefused",
            "*.includes",
            "*.startsWith",
            "*.addEventListener",
          ],
          useTsTypes: true,
        },
      ],
      "lingui/t-call-in-function": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      "max-lines": ["error", 400],
    },
  },
  {
    // What JSX shows is always for people, whatever it looks like; so are these attributes.
    files: ["src/**/*.tsx"],
    ignores: ["src/**/*.test.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: `JSXText[value=/^(?!\\s*Sellin\\s*$)[^]*\\p{L}{2}/u]:not(${TRANSLATED} JSXText)`,
          message: "Text for people goes through Lingui.",
        },
        ...[SHOWN, ATTRIBUTE].flatMap((place) =>
          LITERALS.map((literal) => ({
            selector: `${place} > ${literal}`,
            message: "Text for people goes through Lingui.",
          })),
        ),
      ],
    },
  },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: [
                ...features
                  .filter((other) => other !== feature)
                  .map((other) => `@/features/${other}/*`),
                "@/app/*",
              ],
              message: "A feature imports neither another feature nor the application.",
            },
          ],
        },
      ],
    },
  })),
  {
    files: ["src/{shared,ui,api,i18n}/**"],
    rules: { "no-restricted-imports": ["error", { patterns: ["@/features/*", "@/app/*"] }] },
  },
  {
    files: ["src/**/*.test.{ts,tsx}", "src/testing/**"],
    rules: {
      "lingui/no-unlocalized-strings": "off",
      // A stub is asynchronous because what it stands for is; expect() looks at methods unbound.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
