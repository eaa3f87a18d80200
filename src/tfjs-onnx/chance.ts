/** Clocks and random numbers, which a recording would freeze, are refused by name while one is being made. */
import { ProgramError } from './errors';

interface Source {
  readonly owner: object;
  readonly method: string;
  readonly name: string;
}

/** Functions that give something else at every call. `Math.random` is refused by the recording backend itself. */
const SOURCES: readonly Source[] = [
  { owner: Date, method: 'now', name: 'Date.now' },
  { owner: performance, method: 'now', name: 'performance.now' },
  { owner: globalThis.crypto, method: 'getRandomValues', name: 'crypto.getRandomValues' },
  { owner: globalThis.crypto, method: 'randomUUID', name: 'crypto.randomUUID' },
];

/** Runs `record`, which is synchronous, with clocks and random numbers refused by name. */
export function refuseChance<T>(program: string, record: () => T): T {
  const restore = SOURCES.map(({ owner, method, name }) => {
    const own = Object.getOwnPropertyDescriptor(owner, method);
    Object.defineProperty(owner, method, {
      configurable: true,
      writable: true,
      value: () => {
        throw new ProgramError(
          `${name} is called while the function is being recorded; its result would be frozen.`,
          {
            program,
            advice: 'Feed it as an input.',
          },
        );
      },
    });
    return () => {
      if (own) Object.defineProperty(owner, method, own);
      else Reflect.deleteProperty(owner, method);
    };
  });
  try {
    return record();
  } finally {
    for (const each of restore) each();
  }
}
