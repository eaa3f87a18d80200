// @ts-check
/** Words in several writings, for made-up tables. */
const split = (/** @type {string} */ text) => text.split(' ');

export const english = split(
  'the delivery came late and box was broken but support answered quickly thank you very much would buy again never this product works great battery lasts two days screen too dark colour as shown return refund please help screw missing manual unclear price fair quality poor good',
);
export const german = split(
  'die Lieferung kam spät und das Gerät läuft größtenteils gut schöne Farbe zu groß für mich über den Preis kann man nicht klagen würde ich wieder kaufen leider müssen Schrauben fehlen Anleitung ist unverständlich äußerst nützlich',
);
export const french = split(
  'la livraison est arrivée très tôt mais le colis était abîmé reçu à côté déçu génial où même après élève garçon français forêt très bien merci qualité médiocre',
);
export const russian = split(
  'доставка пришла поздно коробка была сломана но поддержка быстро ответила спасибо большое куплю снова хороший товар цена плохая качество отличное цвет другой',
);
export const japanese = [
  'とても良い商品です',
  '配送が遅かった',
  '色が違います',
  'また買いたい',
  '品質が悪い',
  '箱が壊れていた',
  '電池が長持ち',
  '説明書が不明',
];
export const chinese = [
  '质量很好',
  '物流太慢了',
  '颜色不对',
  '下次还会买',
  '包装破损',
  '客服回复很快',
  '电池耐用',
  '价格合理',
];
export const korean = [
  '배송이 늦었어요',
  '품질이 좋아요',
  '색상이 달라요',
  '다시 살게요',
  '포장이 파손됐어요',
  '가격이 적당해요',
];
export const polish = split(
  'dostawa była późno ale obsługa bardzo szybka dziękuję świetna jakość zły kolor żółty łódź część następny mąż źle gęś',
);
export const firstNames = split(
  'Anna Ben Carla Dmitri Elena Farid Grace Hiro Ines Jonas Kofi Lena Marco Nadia Omar Petra Quentin Rosa Sven Tara',
);
export const lastNames = split(
  'Abbott Becker Costa Dubois Eriksen Fischer Garcia Haddad Ivanov Jansen Keller Lopez Moreau Novak Okafor Petrov Quinn Rossi Silva Tanaka',
);
