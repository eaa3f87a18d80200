/**
 * The catalogue: what the lab knows, one line for each kind of thing. Whoever imports this room has the descriptions in
 * the registries of `protocol`; the engine finds what belongs to a description by its name, in the folder of that name.
 * Only `description.ts` files of the engine may enter: data, which the extension, the command line and the webview draw
 * their choices from.
 */
import './kinds';
import { columnKind as boolean } from '../engine/features/boolean/description';
import { columnKind as category } from '../engine/features/category/description';
import { columnKind as date } from '../engine/features/date/description';
import { columnKind as image } from '../engine/features/image/description';
import { columnKind as number } from '../engine/features/number/description';
import { columnKind as text } from '../engine/features/text/description';
import { family as linear } from '../engine/models/linear/description';
import { family as mlp } from '../engine/models/mlp/description';
import { family as naiveBayes } from '../engine/models/naive-bayes/description';
import { family as transformer } from '../engine/models/transformer/description';
import { task as classification } from '../engine/tasks/classification/description';
import { task as languageModel } from '../engine/tasks/language-model/description';
import { task as regression } from '../engine/tasks/regression/description';
import { columnKinds } from '../protocol/column-kinds';
import { families } from '../protocol/families';
import { tasks } from '../protocol/tasks';

for (const task of [classification, regression, languageModel]) tasks.add(task);
for (const family of [linear, mlp, naiveBayes, transformer]) families.add(family);
for (const kind of [number, boolean, category, text, date, image]) columnKinds.add(kind);
