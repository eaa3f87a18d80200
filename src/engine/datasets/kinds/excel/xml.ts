/** The XML of a workbook's parts, tag by tag while it is unpacked. Nothing outside of it is ever looked up. */
import { SaxesParser } from 'saxes';
import { type Archive, damaged } from './archive';

export type Attributes = Readonly<Record<string, string | undefined>>;

export interface TagHandler {
  /** `name` without its prefix. */
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
  /** Whether no more need be read. */
  readonly isDone?: () => boolean;
}

/** LabError('dataset') for an entry that is not there, damaged, or no XML. */
export async function readXml(
  archive: Archive,
  entry: string,
  handler: TagHandler,
  path: string | undefined,
): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw damaged(path, error);
  });
  const { open, text, close } = handler;
  if (open) parser.on('opentag', (tag) => open(localName(tag.name), tag.attributes));
  if (close) parser.on('closetag', (tag) => close(localName(tag.name)));
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const isDone = (): boolean => handler.isDone?.() ?? false;
  await archive.read(entry, (piece) => {
    parser.write(piece);
    return isDone();
  });
  if (!isDone()) parser.close();
}

/** An attribute that most writers give a prefix, by the end of its name. */
export function attributeNamed(attributes: Attributes, name: string): string | undefined {
  const own = attributes[name];
  if (own !== undefined) return own;
  const key = Object.keys(attributes).find((each) => each.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
