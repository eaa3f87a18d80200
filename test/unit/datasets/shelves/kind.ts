import { readFile } from 'node:fs/promises';
import { cellsTable, folderIssues, type RowKind, Sureness } from '../../../../src/engine/datasets';

export const kind: RowKind = {
  holds: 'rows',
  recognise: () => Sureness.no,
  open: () => {
    throw new Error('A folder is needed.');
  },
  folder: {
    recognise: ({ files }) =>
      files.some(({ name }) => name.endsWith('.book')) ? Sureness.byContent : Sureness.no,
    open: async (folder, options) => {
      const books = folder.files.filter(({ name }) => name.endsWith('.book'));
      const rows = [];
      for (const [at, book] of books.entries()) {
        const [shelf = '', name = ''] = book.name.split('/');
        const pages = await readFile(folder.placeOf(book), 'utf8');
        rows.push({ cells: [name, pages.trim(), shelf], firstLine: at + 1, lastLine: at + 1 });
        options.watching?.onProgress?.(at + 1, books.length);
      }
      return cellsTable({ columns: ['name', 'pages', 'shelf'], rows, issues: folderIssues(folder) }, options);
    },
  },
};
