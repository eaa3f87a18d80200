// @ts-check
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { noCycle } from './scripts/lint/import-cycles.mjs';

/**
 * The walls between the rooms (docs/ARCHITECTURE.md): each row says which folder may not look into which
 * others, and why. Imports point one way: extension -> protocol <- engine -> tfjs-onnx. What the lab knows is listed in
 * the catalogue, which every room may read.
 */
const walls = [
  {
    target: './src/protocol',
    from: ['./src/catalogue', './src/extension', './src/engine', './src/tfjs-onnx', './src/cli', './webview'],
    message: 'protocol is what the rooms share; it knows none of them.',
  },
  {
    target: './src/extension',
    from: ['./src/engine', './src/tfjs-onnx', './src/cli', './webview'],
    message: 'The extension is thin: it speaks to the engine only through src/protocol.',
  },
  {
    target: './src/engine',
    from: ['./src/extension', './src/cli', './webview', './src/protocol/client'],
    message: 'The engine answers requests of src/protocol and knows none of its callers.',
  },
  {
    target: './src/tfjs-onnx',
    from: ['./src/extension', './src/engine', './src/cli', './src/protocol', './webview'],
    message: 'tfjs-onnx knows tfjs-core and ONNX Runtime, nothing of the lab.',
  },
  {
    target: './src/cli',
    from: ['./src/extension', './src/engine', './src/tfjs-onnx', './webview'],
    message: 'The command line drives the engine process through src/protocol, as the editor does.',
  },
  {
    target: './src/catalogue',
    from: ['./src/engine/**/*', './src/extension/**/*', './src/cli/**/*', './webview/**/*'],
    except: ['**/description.ts'],
    message: 'The catalogue lists descriptions, which are data.',
  },
  {
    target: './src/engine/**/description.ts',
    from: ['./src/engine', './src/tfjs-onnx', './src/catalogue'],
    message: 'A description goes into every room: it knows only src/protocol.',
  },
  {
    target: './webview',
    from: ['./src/extension', './src/engine', './src/tfjs-onnx', './src/cli', './src/protocol/client'],
    message: 'The webview talks only through src/protocol.',
  },
];

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'samples/', '.model-lab/', '.cache/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  importX.flatConfigs.recommended,
  importX.flatConfigs.typescript,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './webview/tsconfig.json', './test/e2e/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { lab: { rules: { 'no-cycle': noCycle } } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ alwaysTryTypes: true })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: walls }],
      'lab/no-cycle': 'error',
      'import-x/no-unresolved': 'off',
      'import-x/namespace': 'off',
      'import-x/no-named-as-default-member': 'off',
      'no-restricted-imports': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/engine/**', 'src/tfjs-onnx/**', 'src/protocol/**', 'src/cli/**', 'webview/**'],
    rules: {
      'no-restricted-imports': ['error', { name: 'vscode', message: 'Only src/extension sees VS Code.' }],
    },
  },
  {
    // Text from files becomes a link or an icon in them: src/extension/messages.ts is the one door that takes it out.
    files: ['src/extension/**'],
    ignores: ['src/extension/messages.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['MemberExpression[property.name=', 'ObjectPattern > Property[key.name=', 'Literal[value='].map(
          (place) => ({
            selector: `${place}/^(show(Error|Warning|Information)Message|(show|create)(QuickPick|InputBox)|withProgress|setStatusBarMessage)$/]`,
            message: 'Use src/extension/messages.ts, which makes text out of files plain.',
          }),
        ),
        {
          selector:
            'MemberExpression[property.name=/^append(Text|Markdown)$/] TemplateLiteral[expressions.length>0]',
          message: 'Use appendPlain of src/extension/plain-text.ts: addresses in the words would be links.',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    // TypeScript checks these files and knows Node's globals; ESLint does not.
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  prettier,
);
