/** How likely a column is what somebody wants to predict, by its name, its place and its values. */
import type { ColumnSummary } from '../../protocol/dataset';

/** What the rest of the table tells about each column. */
export interface TableLooks {
  readonly columns: number;
  readonly hasText: boolean;
  /** Columns named x and z: then y is a place, too. */
  readonly coordinates: boolean;
}

/** Names that say "this is the target", as the whole name or the last word of it. */
const SURE = wordsIn('target label labels class classes category outcome y response diagnosis verdict');
/** What is predicted by tradition, in whatever field, when it is the whole name; a bit less as its last word. */
const TRADITIONAL = wordsIn(
  `species variety survived survival churn churned exited attrition left fraud isfraud spam ham sentiment
   intent topic emotion quality grade medv loan_status approved approval deposit subscribed subscription
   cardio hazardous potability transported price saleprice selling_price median_house_value charges mpg
   cnt strength rings sales revenue rainfall raintomorrow cancelled canceled is_canceled is_promoted readmitted
   performance result winner poisonous edible cultivar genre language toxic label_id risk credit_risk
   hired placed severity pass passed death_event died death
   g3 area_burned admitted decision played purchased bought clicked click converted`,
);
/** As telling, but as often one property among others: where they come first or last, they are the target. */
const PROPERTY = wordsIn(
  `income salary default defaulted stroke diabetes heart_disease heartdisease disease infected accident status output
   condition stars rating cost rent rentals demand count total score overall`,
);
/** Words that say so inside of a name. */
const WITHIN = wordsIn(
  'target label class outcome diagnosis churn survived default fraud spam sentiment species quality grade price income salary exited attrition',
);
const FLAG = /^(?:is|has|will|did|was)(?:[_\s.-]|(?=[A-Z]))/u;
/** A name with one of these beside speaks of something else than the thing itself. */
const QUALIFIED = wordsIn(
  'index id date time code number no type group flag per avg mean min max prev previous last base unit total room',
);
const FEW_CLASSES = 12;

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/u).filter((word) => word !== ''));
}

/** The higher, the likelier; why, in two or three words. */
export function targetRank(
  column: ColumnSummary,
  task: 'classification' | 'regression',
  { columns, hasText, coordinates }: TableLooks,
): { readonly rank: number; readonly reason: string } {
  const last = column.index === columns - 1;
  const first = column.index === 0;
  const place = last ? 6 : first ? 3 : 0;
  // What cannot be a feature is hardly a target: it is listed, after all others.
  if (column.kind === 'identifier' || column.kind === 'date') return { rank: -10, reason: '' };
  if (column.kind === 'text') return { rank: -5, reason: '' };
  const named = nameRank(column.name, coordinates, first || last);
  if (named > 0)
    return { rank: named + place + (task === 'classification' ? 1 : 0), reason: 'named like a target' };
  const fewValued = task === 'classification' && column.distinct <= FEW_CLASSES;
  const two = column.distinct === 2;
  const early = 1 - column.index / columns;
  if (task === 'classification' && hasText)
    return { rank: (last || first ? 72 : 62) + early, reason: 'a label beside a text' };
  if (last) return { rank: 60 + (two ? 9 : fewValued ? 6 : 0), reason: 'last column' };
  if (first && fewValued) return { rank: two ? 58 : 55, reason: 'first column' };
  return { rank: (fewValued ? 20 : 10) - column.index / columns, reason: '' };
}

/** 0 for a name that says nothing. */
function nameRank(name: string, coordinates: boolean, atEdge: boolean): number {
  const words = name
    .replace(/([a-z])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const whole = words.join('_');
  const joined = words.join('');
  if (whole === 'y' && coordinates) return 0;
  if (SURE.has(whole)) return 110;
  if (TRADITIONAL.has(whole) || TRADITIONAL.has(joined)) return 100;
  if (PROPERTY.has(whole) || PROPERTY.has(joined)) return atEdge ? 95 : 64;
  const final = words.at(-1) ?? '';
  if (words.slice(0, -1).some((word) => QUALIFIED.has(word)) || QUALIFIED.has(final)) return 0;
  if (final.length > 1 && SURE.has(final)) return 90;
  if (FLAG.test(name)) return 76;
  if (TRADITIONAL.has(final) || (atEdge && PROPERTY.has(final))) return 74;
  return words.some((word) => WITHIN.has(word)) ? 66 : 0;
}
