/** How likely a column is what somebody wants to predict, by its name, its place and its values. */
import type { Answer } from './types';
import type { ColumnSummary } from '../../protocol/dataset';

/** What the rest of the table tells about each column. */
export interface TableLooks {
  /** Index of the first and the last column that could be anything but a name of the row. */
  readonly first: number;
  readonly last: number;
  /** The first column holds row names as R writes them, before columns in the order of a formula. */
  readonly rowNames: boolean;
  readonly hasText: boolean;
  /** Columns named x and z: then y is a place, too. */
  readonly coordinates: boolean;
  /** Names of the columns, in small letters. */
  readonly names: ReadonlySet<string>;
  /** Words that more than one name has. */
  readonly repeated: ReadonlySet<string>;
}

/** Names that say "this is the target", as the whole name or the last word of it. */
const SURE = wordsIn('target label labels class classes category outcome y response diagnosis verdict');
/** What is predicted by tradition, in whatever field, when it is the whole name; a bit less as its last word. */
const TRADITIONAL = wordsIn(
  `species variety survived survive survival churn churned exited attrition left fraud isfraud spam ham sentiment
   intent topic emotion quality grade medv loan_status approved approve approval deposit subscribed subscription
   cardio hazardous potability transported price saleprice selling_price median_house_value charges mpg
   cnt strength rings sales revenue rainfall raintomorrow cancelled canceled is_canceled is_promoted readmitted
   performance result winner poisonous edible cultivar genre toxic label_id risk credit_risk
   hired placed severity pass passed death_event died death aqi pm25
   g3 area_burned admitted decision played purchased purchase bought clicked click converted wage wages earnings`,
);
/** As telling, but as often one property among others: where they come first or last, they are the target. */
const PROPERTY = wordsIn(
  `default defaulted stroke diabetes heart_disease heartdisease disease infected accident status output
   condition stars rating cost rent rentals demand count total score overall tip`,
);
/** The same of money that people earn, which is asked for more often than it is told. */
const EARNED = wordsIn('income salary');
/** What tells apart rows of any table, who or where or when they are: seldom what is asked for. */
const CIRCUMSTANCES = wordsIn(
  `sex gender age agegroup race ethnicity nationality religion marital married region country county city state province
   district borough zone zip zipcode postcode street address location site place latitude longitude lat lon lng
   year month week weekday day hour minute quarter season date time period language size group block batch`,
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
/** A name made of another column's: its square, its logarithm, what somebody took it for. */
const SQUARE = /^(?<stem>.*\p{L})[\s_.^-]*(?:sq|sqr|squared|2|cu|cubed)$/u;
const ESTIMATES = ['est', 'estimated', 'pred', 'predicted', 'fitted'];
/** Ranks: any first or last column; a circumstance falls behind both. */
const LAST = 60;
const FIRST_OF_FORMULA = 61;
const CIRCUMSTANCE = 25;

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/u).filter((word) => word !== ''));
}

/** The words of a name, in small letters: `Heart.Disease` and `HeartDisease` have two. */
export function nameWords(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The higher, the likelier; why, in two or three words. */
export function targetRank(
  column: ColumnSummary,
  answer: Answer,
  looks: TableLooks,
): { readonly rank: number; readonly reason: string } {
  const last = column.index === looks.last;
  const first = column.index === looks.first;
  const place = last ? 6 : first ? 3 : 0;
  // What cannot be a feature is hardly a target: it is listed, after all others.
  if (column.kind === 'identifier' || column.kind === 'date') return { rank: -10, reason: '' };
  if (column.kind === 'text') return { rank: -5, reason: '' };
  const classes = answer === 'name';
  const named = nameRank(column.name, looks, first, last);
  if (named > 0) return { rank: named + place + (classes ? 1 : 0), reason: 'named like a target' };
  const few = classes && column.distinct <= FEW_CLASSES;
  const two = column.distinct === 2;
  const early = 1 - column.index / (looks.last + 1);
  if (isMadeOfAnother(column.name, looks)) return { rank: early, reason: '' };
  const circumstance = nameWords(column.name).some((word) => CIRCUMSTANCES.has(word));
  if (circumstance) return { rank: (last || first ? CIRCUMSTANCE : 5) + (few ? 5 : 0) + early, reason: '' };
  if (classes && looks.hasText)
    return { rank: (last || first ? 72 : 62) + early, reason: 'a label beside a text' };
  if (last) return { rank: LAST + (two ? 9 : few ? 6 : 0), reason: 'last column' };
  if (first && looks.rowNames) {
    return { rank: FIRST_OF_FORMULA + (two ? 9 : few ? 6 : 0), reason: 'first column' };
  }
  if (first && few) return { rank: two ? 58 : 55, reason: 'first column' };
  return { rank: (few ? 20 : 10) + early - 1, reason: '' };
}

/** Its square or an estimate of it, where the column itself is there, too. */
function isMadeOfAnother(name: string, { names }: TableLooks): boolean {
  const plain = name.toLowerCase();
  const square = SQUARE.exec(plain)?.groups?.['stem'];
  return (square !== undefined && names.has(square)) || estimated(plain).some((each) => names.has(each));
}

/** What the name would be an estimate of. */
function estimated(plain: string): string[] {
  return ESTIMATES.filter((start) => plain.startsWith(start)).map((start) =>
    plain.slice(start.length).replace(/^[\s_.-]+/u, ''),
  );
}

/** 0 for a name that says nothing. */
function nameRank(name: string, looks: TableLooks, first: boolean, last: boolean): number {
  const words = nameWords(name);
  const whole = words.join('_');
  const joined = words.join('');
  const atEdge = first || last;
  const isAny = (of: ReadonlySet<string>): boolean => of.has(whole) || of.has(joined);
  if (whole === 'y' && looks.coordinates) return 0;
  // A class among other columns may be that of a ticket or a school.
  if (SURE.has(whole)) return whole === 'class' && !atEdge ? 97 : 110;
  if (ESTIMATES.some((start) => looks.names.has(start + joined) || looks.names.has(`${start}_${whole}`)))
    return 105;
  if (isAny(TRADITIONAL)) return 100;
  if (isAny(EARNED)) return last ? 95 : whole === 'salary' ? 74 : 56;
  if (isAny(PROPERTY)) return atEdge ? 95 : 64;
  const final = words.at(-1) ?? '';
  if (words.slice(0, -1).some((word) => QUALIFIED.has(word)) || QUALIFIED.has(final)) return 0;
  if (looks.repeated.has(final)) return 0;
  if (final.length > 1 && SURE.has(final)) return 90;
  if (FLAG.test(name)) return 76;
  if (TRADITIONAL.has(final) || (atEdge && PROPERTY.has(final)) || (last && EARNED.has(final))) return 74;
  return words.some((word) => WITHIN.has(word) && !looks.repeated.has(word)) ? 66 : 0;
}
