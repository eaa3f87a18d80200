// @ts-check
/**
 * Pictures of the page in every state, theme and width, without VS Code, for developing by eye:
 *
 *   node scripts/preview-webview.mjs [FOLDER] [--only PART-OF-A-NAME] [--serve]
 *
 * The page runs under the same content security policy as in VS Code; anything that it refuses is printed, and so
 * is every horizontal overflow. `--serve` keeps serving for a browser of your own.
 */
import { cp, mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { launchBrowser } from './browser.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, serve: { type: 'boolean', default: false } },
});
const folder = positionals[0] ?? (await mkdtemp(join(tmpdir(), 'lab-preview-')));
const site = join(folder, 'site');
await mkdir(site, { recursive: true });

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  outdir: site,
  tsconfig: 'webview/tsconfig.json',
};
await esbuild.build({ ...shared, entryPoints: { webview: 'webview/main.ts' } });
await esbuild.build({ ...shared, entryPoints: { preview: 'webview/preview/preview.ts' } });
const built = await esbuild.build({
  entryPoints: ['webview/preview/states.ts'],
  bundle: true,
  format: 'esm',
  write: false,
  tsconfig: 'webview/tsconfig.json',
});
const source = built.outputFiles[0]?.text ?? '';
/** @type {unknown} */
const module = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const { states } = /** @type {{ states: Record<string, unknown> }} */ (module);
await cp('node_modules/@vscode/codicons/dist', join(site, 'codicons'), { recursive: true });

const nonce = 'preview';
/** @type {Record<string, string>} */
const types = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/** @param {string} origin */
const page = (origin) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${origin} 'nonce-${nonce}'; font-src ${origin}; img-src ${origin} data:">
<link rel="icon" href="data:,">
<meta property="csp-nonce" content="${nonce}">
<link rel="stylesheet" href="/codicons/codicon.css"><link rel="stylesheet" href="/webview.css">
</head><body><lab-app></lab-app>
<script type="module" nonce="${nonce}" src="/preview.js"></script>
<script type="module" nonce="${nonce}" src="/webview.js"></script></body></html>`;

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://preview');
  if (pathname === '/') {
    response.setHeader('content-type', 'text/html').end(page(`http://${request.headers.host ?? ''}`));
    return;
  }
  readFile(join(site, pathname)).then(
    (bytes) =>
      response.setHeader('content-type', types[extname(pathname)] ?? 'application/octet-stream').end(bytes),
    () => response.writeHead(404).end(),
  );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

if (values.serve) {
  console.log(
    `${origin}/?state=training&theme=dark&where=sidebar   states: ${Object.keys(states).join(', ')}`,
  );
} else {
  const browser = await launchBrowser();
  const widths = /** @type {const} */ ({ slim: 170, narrow: 280, sidebar: 320, editor: 1100 });
  let problems = 0;
  for (const [view, width] of Object.entries(widths)) {
    const context = await browser.newContext({ viewport: { width, height: 860 }, deviceScaleFactor: 1 });
    const tab = await context.newPage();
    for (const theme of ['dark', 'light', 'contrast', 'contrast-light']) {
      if (view === 'narrow' && theme !== 'dark') continue;
      if (view === 'slim' && theme === 'contrast') continue;
      for (const state of Object.keys(states)) {
        const name = `${state}-${theme}-${view}`;
        if (!name.includes(values.only)) continue;
        /** @type {string[]} */
        const said = [];
        tab.removeAllListeners();
        tab.on('console', (message) => said.push(message.text()));
        tab.on('pageerror', (error) => said.push(error.message));
        const where = view === 'editor' ? 'editor' : 'sidebar';
        const open = encodeURIComponent(
          JSON.stringify({
            version: 1,
            stage: 'learn',
            forms: [],
            prompt: 'ROMEO:',
            sampling: {},
            open:
              state.startsWith('draft') || state === 'generating'
                ? ['reading', 'settings', 'columns', 'sampling']
                : [],
          }),
        );
        await tab.goto(`${origin}/?state=${state}&theme=${theme}&where=${where}&memory=${open}`);
        await tab.waitForSelector('[role=tabpanel] > *');
        await tab.waitForTimeout(200);
        const overflow = Number(await tab.evaluate('document.documentElement.scrollWidth - innerWidth'));
        if (overflow > 0) said.push(`overflows by ${overflow} px`);
        const failures = /** @type {string[]} */ (
          await tab.evaluate(
            "sentByLab.filter((message) => message.type === 'failure').map((message) => message.message)",
          )
        );
        said.push(...failures);
        problems += said.length;
        for (const line of said) console.log(`${name}: ${line}`);
        await tab.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
      }
    }
    await context.close();
  }
  await browser.close();
  server.close();
  console.log(`Pictures in ${folder}; ${problems} problems.`);
}
