// @ts-check
/** Text to bytes and back in any encoding; Node itself writes few of them. */
// eslint-disable-next-line import-x/default -- it is a CommonJS module, whose exports Node gives as the default
import iconv from 'iconv-lite';

/** @param {string} text @param {string} encoding */
export const encode = (text, encoding) => iconv.encode(text, encoding, { addBOM: encoding === 'utf-16le' });

/** @param {Buffer} bytes @param {string} encoding */
export const decode = (bytes, encoding) => iconv.decode(bytes, encoding);
