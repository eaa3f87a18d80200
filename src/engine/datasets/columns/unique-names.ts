/** Names of columns, each different from all others. */

/** A name that comes again gets a number behind it; one that is empty is told by its place. */
export function uniqueNames<Column extends { readonly name: string }>(columns: readonly Column[]): Column[] {
  const taken = new Set(columns.map(({ name }) => name));
  const used = new Set<string>();
  return columns.map((column, index) => {
    const own = column.name.trim() === '' ? `column ${index + 1}` : column.name;
    let name = own;
    for (let again = 2; used.has(name) || (name !== column.name && taken.has(name)); again++)
      name = `${own} (${again})`;
    used.add(name);
    return { ...column, name };
  });
}
