// @ts-check
/**
 * The log of a lighthouse: a long text with few people, steady habits and plain punctuation, by a grammar. What
 * happens follows from weather and visitor, so that a model can learn more than spelling.
 */
import { makeChance } from './random.mjs';

const months = ['March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'];
const weathers = {
  fog: { skies: ['The fog came in before breakfast.', 'Nothing but fog, thick as wool.', 'Fog again, and no sea to be seen.'],
    deeds: ['sounded the horn every minute', 'kept the lamp lit until noon', 'counted the bells of the boats she could not see'] },
  storm: { skies: ['The storm broke at midnight.', 'Wind from the north, and waves over the wall.', 'A storm, the worst since winter.'],
    deeds: ['tied down the boat with a second rope', 'nailed a board over the kitchen window', 'sat with the lamp all night'] },
  sun: { skies: ['A clear morning, warm and still.', 'Sun all day, and the sea like glass.', 'Blue sky, and every island in sight.'],
    deeds: ['painted the door', 'washed the windows of the lamp room', 'mended the nets on the warm stones'] },
  rain: { skies: ['Rain from morning to night.', 'Soft rain, and the gutters singing.', 'It rained, stopped, and rained again.'],
    deeds: ['set out the barrels for the water', 'wrote letters at the kitchen table', 'oiled the wheels of the clock'] },
};
const visitors = {
  Tomas: { pronoun: 'he', who: 'the postman', brings: ['two letters and a newspaper', 'a parcel tied with string', 'a letter from the harbour office'],
    lines: ['The road is longer every year', 'There is a letter for you with a foreign stamp', 'I would not row back in this for any money', 'Sign here, and here'] },
  Odile: { pronoun: 'she', who: 'the baker', brings: ['a loaf still warm', 'a basket of rolls', 'a plum cake under a cloth'],
    lines: ['Eat it while it is warm', 'Half the town asks after your light', 'My oven smokes when the wind is in the west', 'I can stay for one cup'] },
  Benno: { pronoun: 'he', who: "the harbour master's son", brings: ['a bucket of crabs', 'a bottle with a note in it', 'a broken oar and a long story'],
    lines: ['I saw a whale, a real one', 'Father says the red buoy has gone', 'May I light the lamp tonight', 'The crabs bite, but only at the end'] },
  Ines: { pronoun: 'she', who: 'the doctor', brings: ['a jar of ointment', 'a book about stars', 'a bag of lemons'],
    lines: ['You work too much', 'Show me that hand again', 'Rest for two days, and then we shall see', 'The whole coast has the same cough'] },
};
const answers = ['Sit down by the stove', 'You always say that', 'Then it must be true', 'The lamp does not wait', 'Tell me while I pour the tea', 'Not before the tide turns', 'I will think about it'];
const catDeeds = ['slept on the chart of the northern islands', 'watched the gulls from the sill', 'stole a piece of fish', 'would not come down from the stairs', 'sat in the warm place beside the lamp', 'brought a mouse and was proud of it'];
const ships = ['the Heron', 'the Good Intent', 'the Margaret', 'the Blue Anchor', 'the Swift', 'the Old Patience'];
const cargo = ['salt', 'timber', 'apples', 'coal', 'wool', 'herring'];
const directions = ['north', 'south', 'west'];
const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];

export function lighthouse() {
  const { pick, chance, weighted, whole } = makeChance(1871);
  const upper = (/** @type {string} */ text) => text.charAt(0).toUpperCase() + text.slice(1);

  const conversation = (/** @type {keyof typeof visitors} */ name) => {
    const { pronoun, lines } = visitors[name];
    const spoken = [pick(lines), pick(lines)];
    const turns = [`"${spoken[0]}," said ${name}.`, `"${pick(answers)}," said Mara.`];
    if (spoken[1] !== spoken[0]) turns.push(`"${spoken[1]}," ${pronoun} said, and laughed.`);
    return turns.join('\n');
  };
  const visit = () => {
    const name = /** @type {keyof typeof visitors} */ (pick(Object.keys(visitors)));
    const { pronoun, who, brings } = visitors[name];
    const came = chance(0.5) ? 'came up the stairs' : 'rowed over from the town';
    const end = chance(0.5)
      ? `Then ${name} went home before dark.`
      : `When the tea was gone, ${pronoun} took the path by the wall.`;
    return `${name}, ${who}, ${came} and brought ${pick(brings)}.\n${conversation(name)}\n${end}`;
  };
  const passing = () => {
    const ship = pick(ships);
    const line = `${upper(ship)} passed to the ${pick(directions)} with ${pick(cargo)}`;
    return chance(0.5) ? `${line}, and answered the light.` : `${line}, ${pick(numbers)} hours late.`;
  };
  const day = (/** @type {number} */ date, /** @type {string} */ month, /** @type {keyof typeof weathers} */ kind) => {
    const { skies, deeds } = weathers[kind];
    const parts = [`${month} ${date}.`, `${pick(skies)} Mara ${pick(deeds)}${chance(0.4) ? `, and Biscuit ${pick(catDeeds)}` : ''}.`];
    if (kind !== 'storm' && chance(kind === 'sun' ? 0.85 : 0.55)) parts.push(visit());
    if (kind === 'storm' && chance(0.6)) parts.push('Nobody came, and nobody could have come.');
    if (kind !== 'fog' && chance(0.6)) parts.push(passing());
    if (chance(0.35)) parts.push(`Biscuit ${pick(catDeeds)}.`);
    parts.push(chance(0.7) ? `The lamp was lit at ${pick(numbers)} and burned well.` : `Oil for ${whole(2, 30)} days.`);
    return parts.join('\n');
  };

  const text = ['THE LOG OF THE LIGHTHOUSE AT LINDHAVEN\n'];
  for (let year = 1; year <= 3; year++) {
    for (const month of months) {
      let kind = weighted({ fog: 1, storm: 1, sun: 1, rain: 1 });
      for (let date = 1; date <= 30; date++) {
        if (chance(0.55)) kind = weighted({ fog: 2, storm: 1, sun: 4, rain: 3 });
        text.push(day(date, month, kind) + '\n');
      }
    }
  }
  return text.join('\n');
}
