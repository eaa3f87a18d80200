/** Words as a shell takes them: what is offered to be typed does no more than it says, whatever a file calls its columns. */

/** As a single argument. What stands on several lines is put on one. */
export function shellWord(text: string, platform: NodeJS.Platform = process.platform): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  if (/^[\w.-]+$/.test(line)) return line;
  // Between double quotes a shell still obeys these; anything else is typed most easily so, also in cmd.exe.
  if (!/["$`\\!%]/.test(line)) return `"${line}"`;
  return `'${line.replaceAll("'", platform === 'win32' ? "''" : String.raw`'\''`)}'`;
}
