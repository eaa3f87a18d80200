/** Descriptions by name, in the order in which they were added: what a list or a choice shows. */
import { nearestName } from './nearest-name';
import { LabError } from './errors';

export class Registry<T extends { readonly name: string }> {
  readonly #known = new Map<string, T>();

  /** `what`: the kind of thing that is kept here, for messages: `model family`. */
  constructor(private readonly what: string) {}

  /** The same description may be added again; another one of the same name is a mistake of the programmer. */
  add(description: T): void {
    const known = this.#known.get(description.name);
    if (known !== undefined && known !== description) {
      throw new Error(`There are two descriptions of the ${this.what} "${description.name}".`);
    }
    this.#known.set(description.name, description);
  }

  /** Of something that was added for a while, as tests do. */
  remove(name: string): void {
    this.#known.delete(name);
  }

  find(name: string): T | undefined {
    return this.#known.get(name);
  }

  /** LabError('invalid') for a name that nobody has added, with the nearest one. */
  require(name: string): T {
    const found = this.#known.get(name);
    if (found !== undefined) return found;
    const nearest = nearestName(name, this.names);
    throw new LabError('invalid', `There is no ${this.what} "${name}".`, {
      advice:
        nearest === undefined
          ? `Known are ${this.names.map((known) => `"${known}"`).join(', ')}.`
          : `Did you mean "${nearest}"?`,
    });
  }

  get names(): readonly string[] {
    return [...this.#known.keys()];
  }

  get all(): readonly T[] {
    return [...this.#known.values()];
  }
}
