/** Text out of files is hostile: what a terminal or an editor would obey is shown instead. */

/** Turned letters, e.g. U+202E, let a name read as another one. Marks of direction (U+200E, U+200F) stay: scripts need them. */
const TURNING = '\\u202a-\\u202e\\u2066-\\u2069';
const CONTROL = new RegExp(`\\r\\n|[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f${TURNING}]`, 'gu');

/**
 * `text` with every control character in a form that can be seen and does nothing: `␛` for ESC (C0, in the pictures of
 * Unicode's block U+2400), `\x9b` for the C1 controls, which terminals obey like ESC, and `\u202e` for what turns the
 * direction of the letters behind it. Tabs and line ends stay.
 */
export function showControls(text: string): string {
  return text.replaceAll(CONTROL, (control) => {
    if (control === '\r\n') return control;
    const code = control.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '␡';
    return code < 0x100 ? `\\x${code.toString(16)}` : `\\u${code.toString(16)}`;
  });
}

/** `text` where it has at most `limit` characters (UTF-16), else its beginning with `…`; no character is cut in half. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 2);
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? limit - 2 : limit - 1)}…`;
}
