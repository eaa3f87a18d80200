/** Puts Jasmine's functions (`describe`, `it`, `expect` …) where TensorFlow.js' tests look for them. */
import jasmineRequire from 'jasmine-core/lib/jasmine-core/jasmine.js';

export const jasmine = jasmineRequire.core(jasmineRequire);
export const env = jasmine.getEnv({ suppressLoadErrors: true });
Object.assign(globalThis, jasmineRequire.interface(jasmine, env));
