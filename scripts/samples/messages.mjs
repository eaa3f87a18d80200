// @ts-check
/** Messages to the support desk of an invented shop for lamps, each with the desk it belongs to. */
import { makeChance, toCsv } from './random.mjs';

/** Slots that templates name in braces. */
const slots = {
  item: ['desk lamp', 'reading light', 'lantern', 'floor lamp', 'night light', 'ceiling lamp', 'bicycle light', 'lamp shade'],
  part: ['switch', 'cable', 'shade', 'dimmer', 'plug', 'foot', 'battery', 'bulb'],
  days: ['three days', 'a week', 'two weeks', 'since Monday', 'ten days', 'nearly a month'],
  place: ['Lindhaven', 'the office', 'my sister', 'the neighbours', 'the wrong street', 'Eastmoor'],
  sum: ['19.90', '24.50', '39', '58', '112.80', '7.95'],
  card: ['card', 'bank account', 'credit card', 'account'],
  hello: ['Hi', 'Hello', 'Good morning', 'Dear team', 'Hey', 'Good evening'],
  bye: ['Thanks', 'Regards', 'Please help', 'Many thanks', 'Greetings from Ferry', 'Hope to hear from you'],
};

const topics = {
  delivery: [
    'my {item} was due {days} ago and nobody rang the bell', 'the parcel with the {item} went to {place}',
    'tracking has not moved for {days}', 'can you send the {item} to {place} instead', 'the box arrived empty, no {item} in it',
    'I am away next week, please hold the {item} back', 'the driver left the {item} in the rain',
    'only one of two boxes came, the {item} is still on its way', 'when will the {item} be here, I have waited {days}',
    'the courier says the address does not exist', 'is it possible to pick the {item} up myself',
    'it says delivered but there is nothing at the door',
  ],
  billing: [
    'you took {sum} from my {card} twice', 'the invoice for the {item} shows {sum} but the shop said less',
    'I sent the {item} back {days} ago and still wait for my {sum}', 'please write the invoice to my company',
    'the voucher over {sum} was not taken off', 'why is there a fee of {sum} on my order', 'I paid {sum} and the order says unpaid',
    'could I pay for the {item} in two parts', 'my {card} was charged although I cancelled', 'the tax on the {item} looks wrong',
    'a reminder came, but I paid {days} ago', 'where do I find the receipt for the {item}',
  ],
  account: [
    'I cannot log in since the update', 'the link to set a new password never comes', 'please change the mail address of my profile',
    'someone else sees my orders', 'how do I delete everything you know about me', 'the code by text message does not work',
    'I have two profiles now, can you join them', 'my name is spelt wrong on every page', 'it locks me out after one try',
    'I no longer want the newsletter', 'the app forgets my address each time', 'my order list is empty since {days}',
  ],
  product: [
    'the {part} of my {item} is broken', 'the {item} flickers when I touch the {part}', 'does the {item} take a stronger bulb',
    'the {item} smells burnt after {days}', 'how do I open the {item} to change the {part}', 'the {item} is smaller than in the picture',
    'can I use the {item} outside', 'the {part} gets hot, is that safe', 'is there a spare {part} for the {item}',
    'my {item} hums at night', 'the {item} only works if I hold the {part}', 'the light is too cold, do you have a warmer {item}',
  ],
};

/** Openings and ends that say nothing of the topic, and some that point to a wrong one. */
const before = ['', '', '', '{hello}, ', '{hello}! ', 'Once more: ', 'I paid a lot for this, and ', 'I logged in to write this: ', 'About my order of the {item}: ', 'Sorry to bother you, '];
const after = ['', '', '.', '.', '?', '. {bye}', '. {bye}!', '. I have waited {days}.', '. The {item} itself is lovely.', '. My {card} statement is attached.', '. The box looked fine.', ' and nobody answers'];

/** Messages that belong to two desks: the label is what the first person who read it chose. */
const ambiguous = /** @type {const} */ ([
  ['the {item} never came but you took {sum} from my {card}', ['delivery', 'billing']],
  ['the {item} arrived with a broken {part}', ['delivery', 'product']],
  ['I want my money back, the {part} does not work', ['billing', 'product']],
  ['the app says paid, the mail says unpaid', ['account', 'billing']],
  ['I changed my address in the profile but the {item} went to {place}', ['account', 'delivery']],
  ['it does not work', ['product', 'account']],
  ['still nothing after {days}', ['delivery', 'billing']],
  ['please cancel it', ['billing', 'delivery', 'account']],
]);

export function messages() {
  const { pick, weighted, chance, whole } = makeChance(5);
  const fill = (/** @type {string} */ template) =>
    template.replace(/\{(\w+)\}/gu, (_, /** @type {string} */ name) => pick(slots[/** @type {keyof typeof slots} */ (name)]));
  /** @type {(string | number)[][]} */
  const rows = [['message', 'topic']];
  const seen = new Set();
  while (rows.length <= 760) {
    /** @type {string} */
    let topic = weighted({ delivery: 4, billing: 3, product: 3, account: 2 });
    let core = pick(topics[/** @type {keyof typeof topics} */ (topic)]);
    if (chance(0.09)) {
      const [template, owners] = pick(ambiguous);
      core = template;
      topic = pick(owners);
    }
    let text = fill(pick(before) + core + pick(after));
    text = text.charAt(0).toUpperCase() + text.slice(1);
    if (chance(0.12)) text = text.toLowerCase();
    if (chance(0.15)) text = withSlip(text, whole(2, Math.max(3, text.length - 3)));
    if (seen.has(text)) continue;
    seen.add(text);
    rows.push([text, topic]);
  }
  return toCsv(rows);
}

/** Two letters swapped, as in a hurry. @param {string} text @param {number} at */
function withSlip(text, at) {
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
}
