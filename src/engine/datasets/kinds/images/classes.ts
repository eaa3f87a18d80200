/** Which class each image of a folder is of, by the folders that it lies in. */

export interface FolderClasses {
  /** By name of the file; empty for one that lies beside the folders of the classes. */
  readonly classOf: ReadonlyMap<string, string>;
  /** The classes, sorted; none where the images lie in no folders. */
  readonly classes: readonly string[];
  /** Folders such as `train` and `test` around those of the classes. */
  readonly parts: readonly string[];
}

const PARTS = new Set(['train', 'training', 'test', 'testing', 'val', 'valid', 'validation', 'dev', 'eval']);

/** The first level of folders that tells images apart and is not called like the parts of a dataset. */
export function classesOf(names: readonly string[]): FolderClasses {
  const folders = names.map((name) => name.split('/').slice(0, -1));
  let level = 0;
  let parts: string[] = [];
  for (;;) {
    const here = [...new Set(folders.map((path) => path[level] ?? ''))].sort();
    const isDeeper = folders.every((path) => path.length > level + 1);
    const areParts =
      parts.length === 0 && here.length > 0 && here.every((name) => PARTS.has(name.toLowerCase()));
    if (!isDeeper || (here.length > 1 && !areParts)) break;
    if (areParts) parts = here;
    level++;
  }
  const classOf = new Map(names.map((name, at) => [name, folders[at]?.[level] ?? '']));
  const classes = [...new Set(classOf.values())].filter((name) => name !== '').sort();
  return { classOf, classes, parts };
}
