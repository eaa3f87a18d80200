// @ts-check
/** A table of rows too wide for an editor, for the picture of marks beside them. The same rows every time. */

const streets = ['Harbour Lane', 'Old Mill Road', 'Station Street', 'Willow Avenue', 'Market Square'];
const notes = [
  'call before arrival, the bell is broken',
  'leave with the neighbour if nobody opens',
  'ramp at the back door, ask for the key',
  'no special wishes',
];
const carriers = ['Northwind Freight', 'Blue Heron Post', 'Kestrel Express'];

/** A number between 0 and 1 that looks drawn. @param {number} index */
function drawn(index) {
  let value = Math.imul(index * 2 + 1, 0x9e3779b1);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  return ((value ^ (value >>> 13)) >>> 0) / 2 ** 32;
}

/** Deliveries that are late or in time, mostly for reasons that stand in their row. @param {number} rows */
export function wideTable(rows) {
  const lines = ['order,shipped,street,note for the driver,carrier,parcels,weight_kg,distance_km,wind_knots,outcome'];
  for (let row = 0; row < rows; row++) {
    /** @param {readonly string[]} from @param {number} salt */
    const pick = (from, salt) => from[Math.floor(drawn(row * 7 + salt) * from.length)] ?? '';
    const distance = 5 + drawn(row * 7 + 3) * 240;
    const wind = Math.round(drawn(row * 7 + 4) * 40);
    const carrier = pick(carriers, 2);
    const trouble = distance / 245 + wind / 40 + (carrier === 'Kestrel Express' ? -0.3 : 0.1);
    const outcome = trouble + (drawn(row * 7 + 5) - 0.5) * 0.25 > 1 ? 'late' : 'in time';
    const day = String(1 + (row % 28)).padStart(2, '0');
    lines.push(
      [
        `D-${20_000 + row}`,
        `2026-03-${day} ${String(8 + (row % 9)).padStart(2, '0')}:15`,
        `${1 + (row % 90)} ${pick(streets, 0)}`,
        `"${pick(notes, 1)}"`,
        carrier,
        1 + Math.floor(drawn(row * 7 + 6) * 6),
        (0.4 + drawn(row * 7 + 8) * 30).toFixed(1),
        distance.toFixed(1),
        wind,
        outcome,
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
