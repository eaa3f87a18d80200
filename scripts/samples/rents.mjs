// @ts-check
/** Flats of the invented city of Lindhaven and their monthly rents. */
import { makeChance, toCsv } from './random.mjs';

/** Price level of a square metre, distance of the middle from the harbour, share of old houses. */
const districts = {
  'Old Harbour': { level: 15.8, metres: 500, old: 0.8, weight: 3 },
  Tanners: { level: 13.2, metres: 1100, old: 0.6, weight: 4 },
  'Saint Orla': { level: 14.4, metres: 1600, old: 0.5, weight: 3 },
  Kilnfield: { level: 11.1, metres: 2600, old: 0.25, weight: 5 },
  Eastmoor: { level: 9.7, metres: 4200, old: 0.1, weight: 5 },
  'Glasshouse Row': { level: 12.4, metres: 2200, old: 0.05, weight: 3 },
  Ferry: { level: 10.4, metres: 3300, old: 0.3, weight: 3 },
};

export function rents() {
  const { weighted, normal, chance, whole, uniform } = makeChance(77);
  const names = /** @type {(keyof typeof districts)[]} */ (Object.keys(districts));
  const weights = /** @type {Record<keyof typeof districts, number>} */ (
    Object.fromEntries(names.map((name) => [name, districts[name].weight]))
  );
  /** @type {(string | number)[][]} */
  const rows = [['listing', 'district', 'area_m2', 'rooms', 'floor', 'lift', 'year_built', 'condition', 'balcony',
    'furnished', 'heating', 'metres_to_tram', 'rent']];
  for (let number = 1; number <= 1400; number++) {
    const name = weighted(weights);
    const place = districts[name];
    const rooms = weighted({ 1: 4, 1.5: 2, 2: 7, 2.5: 3, 3: 6, 4: 3, 5: 1 });
    const area = Math.max(16, normal(14 + Number(rooms) * 21, 7 + Number(rooms) * 2));
    const year = chance(place.old) ? whole(1880, 1938) : whole(1950, 2022);
    const floor = whole(0, year > 1960 ? 9 : 5);
    const lift = floor > 4 ? chance(0.95) : chance(year > 1980 ? 0.6 : 0.15);
    const condition = weighted(
      year > 2005 ? { new: 6, good: 3, worn: 1 } : year < 1940 ? { restored: 4, good: 3, worn: 4 } : { good: 5, worn: 4, restored: 2 },
    );
    const balcony = chance(year > 1950 ? 0.65 : 0.25);
    const furnished = chance(area < 40 ? 0.35 : 0.08);
    const heating = year > 2000 ? weighted({ 'heat pump': 6, district: 4 }) : weighted({ gas: 6, district: 4, stove: year < 1940 ? 2 : 0.1 });
    const tram = Math.max(30, Math.round(normal(420, 260)));
    let metre = place.level * (1 + 5 / Math.sqrt(area) / 3 - 0.14);
    metre *= { new: 1.15, restored: 1.12, good: 1, worn: 0.86 }[condition];
    metre *= 1 + (balcony ? 0.04 : 0) + (furnished ? 0.16 : 0) - Math.min(0.12, tram / 9000);
    metre *= lift ? 1 + 0.008 * floor : floor > 2 ? 1 - 0.035 * (floor - 2) : 1;
    if (heating === 'stove') metre *= 0.88;
    if (name === 'Old Harbour' && floor >= 4) metre *= 1.14;
    const oldContract = chance(0.03) && year < 1990;
    const rent = area * metre * (oldContract ? 0.55 : 1) * (1 + normal(0, 0.055)) + 35;
    rows.push([`L${10_000 + number}`, name, area.toFixed(0), rooms, floor, lift ? 'yes' : 'no',
      chance(0.05) ? '' : year, condition, balcony ? 'yes' : 'no', furnished ? 'yes' : 'no', heating,
      uniform() < 0.06 ? '' : tram, Math.round(rent / 5) * 5]);
  }
  return toCsv(rows);
}
