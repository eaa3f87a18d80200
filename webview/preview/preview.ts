/** The page that plays VS Code for the lab's own page: the API, the theme, one state of the list. */
import { applyTheme, type ThemeName, themes } from './themes';
import { states } from './states';

const query = new URLSearchParams(location.search);
const where = query.get('where') === 'editor' ? 'editor' : 'sidebar';
const theme = query.get('theme') ?? 'dark';
const name = query.get('state') ?? 'nothing';
applyTheme(isTheme(theme) ? theme : 'dark', where);

const sent: unknown[] = [];
let saved: unknown = JSON.parse(query.get('memory') ?? 'null');

/** What the page said; read by the script that takes the pictures. */
Object.assign(window, {
  sentByLab: sent,
  acquireVsCodeApi: () => ({
    postMessage: (message: { type: string }) => {
      sent.push(message);
      const state = states[name];
      if (message.type === 'ready' && state !== undefined) {
        window.postMessage({ type: 'state', state: { ...state, where } }, '*');
      }
    },
    getState: () => saved,
    setState: (state: unknown) => {
      saved = state;
    },
  }),
});

function isTheme(name: string): name is ThemeName {
  return Object.hasOwn(themes, name);
}
