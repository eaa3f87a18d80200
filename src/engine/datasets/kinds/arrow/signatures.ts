/** What Arrow files begin with. */
export const FILE = 'ARROW1';
export const FIRST_VERSION = 'FEA1';

export function isSigned(bytes: Uint8Array, signature: string): boolean {
  return Buffer.from(bytes.subarray(0, signature.length)).toString('latin1') === signature;
}
