/** The pages of our webviews: a bundle of webview/ each, under a strict content security policy. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Only our own bundle and pictures may be loaded, and only scripts that carry the nonce run. */
export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extension, 'dist'), vscode.Uri.joinPath(extension, 'media')],
  };
}

/** Each page: the name of its bundle in `dist/`, its one element, and its title. */
const pages = {
  lab: { bundle: 'webview', element: 'lab-app', title: 'Model Lab' },
  grid: { bundle: 'grid', element: 'lab-grid', title: 'Grid' },
} as const;

export function webviewPage(
  page: keyof typeof pages,
  webview: vscode.Webview,
  extension: vscode.Uri,
): string {
  const { bundle, element, title } = pages[page];
  const resource = (...names: string[]) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, ...names)).toString();
  const nonce = randomBytes(16).toString('base64');
  const source = webview.cspSource;
  const policy = [
    `default-src 'none'`,
    // Thumbnails of a dataset's images come as data; nothing is loaded from anywhere.
    `img-src ${source} data:`,
    `font-src ${source}`,
    `style-src ${source} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" nonce="${nonce}" content="${nonce}">
<link rel="stylesheet" nonce="${nonce}" id="codicons" href="${resource('dist', 'codicons', 'codicon.css')}">
<link rel="stylesheet" nonce="${nonce}" href="${resource('dist', `${bundle}.css`)}">
<title>${title}</title>
</head>
<body>
<${element}></${element}>
<script type="module" nonce="${nonce}" src="${resource('dist', `${bundle}.js`)}"></script>
</body>
</html>`;
}
