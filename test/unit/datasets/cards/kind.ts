import { cellsTable, type PlacedCells, type RowKind, Sureness } from '../../../../src/engine/datasets';

const PAIR = /^(\w+): (.*)$/u;

export const kind: RowKind = {
  holds: 'rows',
  recognise: (file) => {
    const lines = file.beginning()?.split('\n', 4) ?? [];
    return lines.length === 4 && lines.every((line) => PAIR.test(line)) ? Sureness.byContent : Sureness.no;
  },
  open: (source, options) => {
    const cards = cardsOf(typeof source === 'string' ? source : Buffer.from(source).toString('utf8'));
    const columns = [...new Set(cards.flatMap(({ values }) => [...values.keys()]))];
    return cellsTable({ columns, rows: placed(cards, columns) }, options);
  },
};

interface Card {
  readonly values: ReadonlyMap<string, string>;
  readonly firstLine: number;
  readonly lastLine: number;
}

function cardsOf(text: string): readonly Card[] {
  let line = 1;
  return text.split('\n\n').flatMap((block) => {
    const lines = block.trimEnd().split('\n');
    const firstLine = line;
    line += block.split('\n').length + 1;
    const values = new Map(
      lines.flatMap((each) => [[...(PAIR.exec(each) ?? [])].slice(1) as [string, string]]),
    );
    return block.trim() === '' ? [] : [{ values, firstLine, lastLine: firstLine + lines.length - 1 }];
  });
}

function* placed(cards: readonly Card[], columns: readonly string[]): Generator<PlacedCells> {
  for (const { values, firstLine, lastLine } of cards) {
    yield { cells: columns.map((column) => values.get(column) ?? ''), firstLine, lastLine };
  }
}
