/** An example dataset of images: bars that lie and stand. */
import type { TableSummary } from '../../src/protocol/dataset';
import type { Draft, ThumbnailsState } from '../../src/protocol/webview';
import { column, tableDraft } from './drafts';

const head = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAACXBIWXMAAAPoAAAD6AG1e1Jr';
const lying = `${head}AAAAFklEQVQImWPQwAEYcEo8wwFw66CDBABLOy/RrX/5PwAAAABJRU5ErkJggg==`;
const standing = `${head}AAAAFElEQVQImWPQQALPnj2DsxmGlgQAlF4v0Vw7odQAAAAASUVORK5CYII=`;

const samples = Array.from({ length: 12 }, (_, at) => `${at < 6 ? 'lying' : 'standing'}/${at}.png`);

const bars: TableSummary = {
  ...(tableDraft.dataset as TableSummary),
  source: 'images',
  path: '/data/bars',
  reading: [],
  rows: 1_240,
  columns: [
    column('image', 0, 'image', {
      distinct: 1_240,
      image: {
        images: 1_240,
        samples,
        formats: [
          { format: 'PNG', count: 1_180 },
          { format: 'JPEG', count: 60 },
        ],
        smallest: { width: 8, height: 8 },
        largest: { width: 640, height: 480 },
        shape: { width: 32, height: 24, channels: 3 },
      },
    }),
    column('class', 1, 'category', { distinct: 2, values: [{ value: 'lying', count: 700 }] }),
  ],
  target: 'class',
  targets: [
    {
      column: 'class',
      task: 'classification',
      preview: '2 classes: lying 700, standing 540',
      reason: 'named like a target',
    },
  ],
  issues: [
    {
      severity: 'warning',
      code: 'image-broken',
      message: '3 images are broken and left out, the first "lying/31.png".',
      advice: 'Save them again from where they came, or delete them.',
      rows: 3,
    },
  ],
};

export const imagesDraft: Draft = { ...tableDraft, dataset: bars, fileName: 'bars', target: 'class' };

export const barThumbnails: ThumbnailsState = {
  path: bars.path,
  column: 'image',
  images: samples.map((name) => ({ name, png: name.startsWith('lying') ? lying : standing })),
};
