/** The kinds of datasets apart: by them the extension offers itself before anything else of the lab is loaded. */
import { kind as abc } from '../engine/datasets/kinds/abc/description';
import { kind as arrow } from '../engine/datasets/kinds/arrow/description';
import { kind as csv } from '../engine/datasets/kinds/csv/description';
import { kind as excel } from '../engine/datasets/kinds/excel/description';
import { kind as images } from '../engine/datasets/kinds/images/description';
import { kind as json } from '../engine/datasets/kinds/json/description';
import { kind as parquet } from '../engine/datasets/kinds/parquet/description';
import { kind as sqlite } from '../engine/datasets/kinds/sqlite/description';
import { kind as text } from '../engine/datasets/kinds/text/description';
import { kind as texts } from '../engine/datasets/kinds/texts/description';
import { kinds } from '../protocol/kinds';

for (const kind of [csv, json, parquet, arrow, excel, sqlite, images, texts, text, abc]) kinds.add(kind);
