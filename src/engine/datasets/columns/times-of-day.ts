/** `04:05:06.25`, of milliseconds since midnight; to the microsecond. */
export function writtenClock(millis: number): string {
  const micros = Math.round(millis * 1000);
  const [, time = ''] = new Date(Math.floor(micros / 1000)).toISOString().split('T');
  const rest = micros % 1_000_000;
  return `${time.slice(0, 8)}${rest === 0 ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/u, '')}`}`;
}
