/** Windows bitmaps, which the library of the other formats does not read. */

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Bytes of the header that says the size: the file's own 14, and 12 of the oldest kind of header. */
const HEADER = 26;
const FILE_HEADER = 14;
const OLDEST = 12;

/** Throws for a header that is cut, or says more pixels than `most`. */
export function sizeOfBitmap(bytes: Uint8Array, most: number): Size {
  const { width, height } = claimedSize(bytes);
  if (width <= 0 || height <= 0) throw new Error('The size of the image is no size.');
  if (width * height > most) throw new Error('The image exceeds the pixel limit.');
  return { width, height };
}

function claimedSize(bytes: Uint8Array): Size {
  if (bytes.length < HEADER) throw new Error('The header is cut.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A height below zero says that rows stand from the top on.
  return view.getUint32(FILE_HEADER, true) === OLDEST
    ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
    : { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/** `[height, width, 3]`. Throws for what cannot be decoded. */
export async function decodeBitmap(bytes: Uint8Array, { width, height }: Size): Promise<Uint8Array> {
  const { decode } = await import('bmp-ts');
  // Its result holds four bytes a pixel: an unused one, then blue, green and red.
  const { data } = decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const out = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    out[pixel * 3] = data[pixel * 4 + 3] as number;
    out[pixel * 3 + 1] = data[pixel * 4 + 2] as number;
    out[pixel * 3 + 2] = data[pixel * 4 + 1] as number;
  }
  return out;
}
