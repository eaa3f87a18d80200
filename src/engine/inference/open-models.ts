/** Models that are open: compiled once, shared by whoever uses them, the longest unused one closed first. */

interface Entry<Model> {
  readonly model: Promise<Model>;
  uses: number;
}

export interface Lease<Model> {
  readonly model: Model;
  /** Tells that the model is no longer used by this holder. To be called once. */
  release(): void;
}

export class OpenModels<Model extends { dispose(): void }> {
  /** In the order of their latest use. */
  private readonly entries = new Map<string, Entry<Model>>();

  /** `limit`: models that stay open; those in use are never closed, so there may be more for a while. */
  constructor(private readonly limit: number) {}

  /** The model of this key, opened by `open` where it is not open. What fails to open is tried anew next time. */
  async lease(key: string, open: () => Promise<Model>): Promise<Lease<Model>> {
    const entry = this.entries.get(key) ?? { model: open(), uses: 0 };
    this.entries.delete(key);
    this.entries.set(key, entry);
    entry.uses++;
    try {
      const model = await entry.model;
      await this.closeUnused();
      const release = () => {
        entry.uses--;
      };
      return { model, release };
    } catch (thrown) {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      throw thrown;
    }
  }

  private async closeUnused(): Promise<void> {
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= this.limit) return;
      if (entry.uses > 0) continue;
      this.entries.delete(key);
      (await entry.model).dispose();
    }
  }
}
