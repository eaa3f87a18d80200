/** The invariants of docs/ARCHITECTURE.md that lint cannot prove. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { glossaryPage } from '../../scripts/glossary-page.mjs';
import { checkSettings, qualityPage } from '../../scripts/quality-page.mjs';
import { importsOf, wayBetween } from '../../scripts/lint/import-cycles.mjs';
import { columnKinds } from '../../src/protocol/column-kinds';
import { families } from '../../src/protocol/families';
import { glossary } from '../../src/protocol/glossary';
import { kinds } from '../../src/protocol/kinds';
import { checkLevels, checks } from '../../src/protocol/quality-checks';
import { tasks } from '../../src/protocol/tasks';

const root = join(import.meta.dirname, '..', '..');

/** Paths of the sources under a folder, from the project's root, with `/`. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => `${folder}/${name.split(sep).join('/')}`);
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Sources in which the pattern occurs. */
function having(folders: readonly string[], pattern: RegExp): string[] {
  return folders.flatMap(sources).filter((path) => pattern.test(read(path)));
}

/** What a bundle is made of: own sources, and the packages inside and beside it. */
interface Ingredients {
  readonly own: readonly string[];
  readonly packages: ReadonlySet<string>;
}

async function ingredientsOf(entry: string, platform: 'node' | 'browser' = 'node'): Promise<Ingredients> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform,
    outdir: 'unused',
    logLevel: 'error',
    external: ['vscode', 'onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs-node', 'sharp'],
    loader: { '.ttf': 'empty', '.css': 'empty' },
  });
  const inputs = Object.keys(metafile.inputs);
  const inside = inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  const beside = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external }) => external)
    .map(({ path }) => path);
  return {
    own: inputs.filter((path) => !path.includes('node_modules')),
    packages: new Set([...inside, ...beside]),
  };
}

describe('the bundles', () => {
  let extension: Ingredients;
  let engine: Ingredients;
  let cli: Ingredients;
  let webview: Ingredients;
  beforeAll(async () => {
    extension = await ingredientsOf('src/extension/main.ts');
    engine = await ingredientsOf('src/engine/main.ts');
    cli = await ingredientsOf('src/cli/main.ts');
    webview = await ingredientsOf('webview/main.ts', 'browser');
  });

  const machineLearning = [/^@tensorflow\//, /^onnx/];

  it('the engine never sees VS Code, the extension, the command line or the webview', () => {
    expect([...engine.packages]).not.toContain('vscode');
    expect(
      engine.own.filter((path) => /^(src\/(extension|cli|protocol\/client)|webview)\//.test(path)),
    ).toEqual([]);
  });

  it.each(['extension', 'cli', 'webview'] as const)('the %s computes nothing of machine learning', (name) => {
    const { own, packages } = { extension, cli, webview }[name];
    expect(
      own.filter((path) => /^src\/(engine|tfjs-onnx)\//.test(path) && !path.endsWith('/description.ts')),
    ).toEqual([]);
    expect([...packages].filter((path) => machineLearning.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it('what VS Code activates at once evaluates no schemas: they take longer than all the rest', async () => {
    const { outputs } = await build({
      absWorkingDir: root,
      entryPoints: ['src/extension/main.ts'],
      ...{ bundle: true, splitting: true, write: false, metafile: true },
      ...{ platform: 'node', format: 'esm', outdir: 'unused', external: ['vscode'] },
    }).then(({ metafile }) => metafile);
    const first = new Set(
      Object.keys(outputs).filter(
        (path) => outputs[path]?.entryPoint !== undefined && path.endsWith('/main.js'),
      ),
    );
    for (const path of first) {
      for (const { path: next, kind } of outputs[path]?.imports ?? []) {
        if (kind === 'import-statement' && outputs[next] !== undefined) first.add(next);
      }
    }
    const evaluated = [...first].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
    expect(evaluated).toContain('src/extension/main.ts');
    expect(evaluated.filter((path) => path.includes('node_modules/zod/'))).toEqual([]);
  });

  it('the webview needs nothing of Node and nothing of VS Code', () => {
    expect([...webview.packages].filter((path) => path.startsWith('node:') || path === 'vscode')).toEqual([]);
  });

  it('tfjs-onnx stands on TensorFlow.js, ONNX Runtime and the ONNX format alone', async () => {
    const { own } = await ingredientsOf('src/tfjs-onnx/index.ts');
    expect(own.filter((path) => !path.startsWith('src/tfjs-onnx/'))).toEqual([]);
    const imported = sources('src/tfjs-onnx').flatMap((path) =>
      [...read(path).matchAll(/(?:from|import\()\s*'([^.'][^']*)'/g)].map((match) => match[1] ?? ''),
    );
    const allowed =
      /^(@tensorflow\/tfjs-core|onnxruntime-(node|web|common)|onnx-proto|protobufjs|long|node:)/;
    expect([...new Set(imported)].filter((name) => !allowed.test(name))).toEqual([]);
  });
});

describe('the sources', () => {
  const rooms = ['src', 'webview'];

  it('run nothing that they read: inputs are data, never code', () => {
    expect(having(rooms, /\beval\(|new Function\(|from '(node:)?vm'/)).toEqual([]);
    expect(having(['src/engine', 'src/tfjs-onnx'], /child_process/)).toEqual([]);
  });

  it('reach for no network', () => {
    expect(having(['src'], /\bfetch\(|from '(node:)?(https?|net|tls|dgram)'/)).toEqual([]);
  });

  it('import each other in no circle, counting imports of types', () => {
    const circles = rooms.flatMap(sources).filter((path) => {
      const file = join(root, path);
      return [...importsOf(file).values()].some((target) => wayBetween(target, file) !== undefined);
    });
    expect(circles).toEqual([]);
  });

  it('are seen importing types, packages apart', () => {
    const seen = importsOf(join(root, 'src/engine/features/number/feature.ts'));
    expect([...seen.keys()]).toContain('../../datasets/types');
    expect([...seen.keys()]).not.toContain('zod');
    expect(wayBetween(join(root, 'src/engine/main.ts'), join(root, 'src/protocol/errors.ts'))).toBeDefined();
  });

  it('have one subject each: at most 400 lines', () => {
    const long = rooms.flatMap(sources).filter((path) => read(path).split('\n').length > 401);
    expect(long).toEqual([]);
  });

  it('are named after what they are about', () => {
    const vague = rooms
      .flatMap(sources)
      .filter((path) => /^(utils?|helpers?|common|manager|misc)\b/.test(basename(path)));
    expect(vague).toEqual([]);
  });

  it('ask nowhere for a task, a family or a kind by its name, but where these are at home', () => {
    const rooms = ['src/extension', 'src/cli', 'webview'];
    const asking = (names: readonly string[], before = '') =>
      having(rooms, new RegExp(`${before}['"\`](${names.join('|')})['"\`]`, 'u')).filter(
        (path) => !path.startsWith('webview/preview/'),
      );
    expect(asking([...tasks.names, ...families.names])).toEqual([]);
    expect(
      asking([...columnKinds.names, 'identifier', 'constant', 'empty'], String.raw`column\.kind [!=]== `),
    ).toEqual([]);
    const files = kinds.all.flatMap(({ extensions, languages }) => [...extensions, ...languages]);
    expect(asking(files.map((name) => name.replaceAll(/[.()]/gu, String.raw`\$&`)))).toEqual([]);
  });

  it('hold no unfinished business', () => {
    expect(having([...rooms, 'scripts'], /\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  });
});

it('docs/GLOSSARY.md is what src/protocol/glossary.ts says (npm run docs)', () => {
  expect(read('docs/GLOSSARY.md')).toBe(glossaryPage(glossary));
});

it('docs/QUALITY.md and the settings of the checks are what src/protocol/quality-checks.ts says (npm run docs)', () => {
  expect(read('docs/QUALITY.md')).toBe(qualityPage(checks.all));
  const { contributes } = JSON.parse(read('package.json')) as {
    contributes: { configuration: { properties: Record<string, unknown> } };
  };
  const declared = Object.entries(contributes.configuration.properties).filter(([name]) =>
    name.startsWith('modelLab.quality.'),
  );
  expect(Object.fromEntries(declared)).toEqual(checkSettings(checks.all, checkLevels));
});
