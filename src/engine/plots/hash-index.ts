/** Numbers them as they come: different doubles, each by the order of its first appearance. Open addressing, linear probing. */
const FIRST_SIZE = 1024;
/** Slots that may be taken: fuller tables probe for long. */
const LOAD = 0.5;

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

export class HashIndex {
  size = 0;
  #keys = new Float64Array(FIRST_SIZE).fill(NaN);
  #numbers = new Int32Array(FIRST_SIZE);
  #mask = FIRST_SIZE - 1;

  /** The number of a key that is no NaN, or -1; 0 and -0 are one key. */
  find(key: number): number {
    const slot = this.#slotOf(key);
    return this.#keys[slot] === key ? (this.#numbers[slot] as number) : -1;
  }

  /** The number of a key, added where it is new. */
  add(key: number): number {
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === key) return this.#numbers[slot] as number;
    if (this.size >= LOAD * this.#keys.length) {
      this.#grow();
      return this.add(key);
    }
    this.#keys[slot] = key;
    this.#numbers[slot] = this.size;
    return this.size++;
  }

  /** In no order. */
  keys(): number[] {
    return [...this.#keys].filter((key) => !Number.isNaN(key));
  }

  /** Where the key stands, or the empty slot where it belongs. */
  #slotOf(key: number): number {
    double[0] = key + 0;
    let hash = Math.imul((halves[0] as number) ^ Math.imul(halves[1] as number, 0x9e3779b1), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & this.#mask;
    for (;;) {
      const found = this.#keys[slot] as number;
      if (found === key || Number.isNaN(found)) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  #grow(): void {
    const keys = this.#keys;
    const numbers = this.#numbers;
    this.#keys = new Float64Array(2 * keys.length).fill(NaN);
    this.#numbers = new Int32Array(2 * keys.length);
    this.#mask = 2 * keys.length - 1;
    keys.forEach((key, from) => {
      if (Number.isNaN(key)) return;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#numbers[slot] = numbers[from] as number;
    });
  }
}
