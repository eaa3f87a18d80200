// @ts-check
/** Moths at a lamp: four invented species, two of which overlap, with worn specimens that lost their marks. */
import { makeChance, toCsv } from './random.mjs';

const species = {
  'Ash Lantern': { share: 5, span: 36, spanSd: 2.6, mass: 148, hour: 1.6, hourSd: 0.8, degrees: 15, wet: 0.25,
    colour: { grey: 7, brown: 2, cream: 1 }, pattern: { bands: 6, spots: 3, plain: 1 }, antennae: { feathered: 8, thread: 2 } },
  'Pale Lantern': { share: 4, span: 40.5, spanSd: 2.8, mass: 176, hour: 2.3, hourSd: 0.9, degrees: 13.5, wet: 0.3,
    colour: { grey: 4, cream: 5, brown: 1 }, pattern: { bands: 5, spots: 3, plain: 2 }, antennae: { feathered: 3, thread: 7 } },
  'Marsh Hooktip': { share: 3, span: 33, spanSd: 2.2, mass: 118, hour: 1.1, hourSd: 0.5, degrees: 16.5, wet: 0.85,
    colour: { brown: 6, copper: 3, grey: 1 }, pattern: { hooks: 7, plain: 2, bands: 1 }, antennae: { feathered: 5, thread: 5 } },
  'Copper Footman': { share: 2, span: 31, spanSd: 2, mass: 92, hour: 3.6, hourSd: 1, degrees: 17.5, wet: 0.35,
    colour: { copper: 8, brown: 2 }, pattern: { plain: 7, spots: 3 }, antennae: { thread: 9, feathered: 1 } },
};

export function moths() {
  const { weighted, normal, chance, whole } = makeChance(20240);
  const names = /** @type {(keyof typeof species)[]} */ (Object.keys(species));
  const shares = /** @type {Record<keyof typeof species, number>} */ (
    Object.fromEntries(names.map((name) => [name, species[name].share]))
  );
  const rows = [['specimen', 'caught_on', 'wingspan_mm', 'mass_mg', 'hours_after_sunset', 'temperature_c',
    'habitat', 'wing_colour', 'wing_pattern', 'antennae', 'worn', 'species']];
  for (let number = 1; number <= 640; number++) {
    const name = weighted(shares);
    const kind = species[name];
    const female = chance(0.5);
    const worn = chance(0.18);
    const span = normal(kind.span + (female ? 1.8 : -1.8), kind.spanSd);
    const mass = normal(kind.mass + (span - kind.span) * 5 + (female ? 8 : 0), 11);
    const hours = Math.max(0.1, normal(kind.hour, kind.hourSd));
    const temperature = normal(kind.degrees - hours * 0.6, 2.2);
    const wet = chance(kind.wet);
    const habitat = wet ? weighted({ marsh: 6, riverbank: 4 }) : weighted({ meadow: 5, orchard: 4, forest: 5 });
    const colour = worn ? weighted({ grey: 6, brown: 3, cream: 1 }) : weighted(kind.colour);
    const pattern = worn && chance(0.6) ? 'plain' : weighted(kind.pattern);
    const antennae = worn && chance(0.5) ? '' : weighted(kind.antennae);
    rows.push([`LH-${String(1000 + number * 3 + whole(0, 2))}`,
      `2023-0${whole(5, 8)}-${String(whole(1, 30)).padStart(2, '0')}`, span.toFixed(1),
      chance(0.07) ? '' : mass.toFixed(0), hours.toFixed(1), chance(0.03) ? 'NA' : temperature.toFixed(1),
      habitat, colour, pattern, antennae, worn ? 'yes' : 'no', name]);
  }
  return toCsv(rows);
}
