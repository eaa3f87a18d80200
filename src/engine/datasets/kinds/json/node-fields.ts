/** The fields of a record in a syntax tree, by the names of the columns that they come to (as `flatten` names them). */
import type { Node } from 'jsonc-parser/lib/esm/main.js';

/** Fields deeper inside are one cell. */
export const DEEPEST = 32;

/** A list is there as a whole and, where its elements are columns, element by element. */
export function namedFields(record: Node): ReadonlyMap<string, Node> {
  const fields = new Map<string, Node>();
  const add = (name: string, node: Node): void => {
    // Of two fields that come to one column the first is read.
    if (!fields.has(name)) fields.set(name, node);
    if (node.type === 'array') node.children?.forEach((child, at) => add(`${name}.${at}`, child));
  };
  if (record.type !== 'array') addInside(record, '', 0, add);
  else record.children?.forEach((child, at) => addInside(child, `column ${at + 1}`, 1, add));
  return fields;
}

function addInside(node: Node, name: string, depth: number, add: (name: string, node: Node) => void): void {
  if (node.type !== 'object' || depth > DEEPEST) {
    add(name === '' ? 'value' : name, node);
    return;
  }
  for (const { children: [key, value] = [] } of node.children ?? []) {
    if (key === undefined || value === undefined) continue;
    const own = String(key.value);
    addInside(value, name === '' ? own : `${name}.${own}`, depth + 1, add);
  }
}
