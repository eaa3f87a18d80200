/** The text as it grows, told to whoever watches it at most ten times a second. */
import type { GenerationProgress } from '../../../protocol/generation';

/** ms between two messages. */
const interval = 100;

export class TextStream {
  private characters = '';
  private count = 0;
  private firstTokenMs = 0;
  private lastTold = -Infinity;

  /** `began` and all times: ms of `performance.now()`. */
  constructor(
    private readonly began: number,
    private readonly onProgress: ((progress: GenerationProgress) => void) | undefined,
  ) {}

  get tokens(): number {
    return this.count;
  }

  /** `characters` are whole code points, so that no message ends within one. */
  write(characters: string, now: number): void {
    if (this.count === 0) this.firstTokenMs = now - this.began;
    this.characters += characters;
    this.count++;
    if (!this.onProgress || now - this.lastTold < interval) return;
    this.lastTold = now;
    this.onProgress(this.progress(now));
  }

  progress(now: number): GenerationProgress {
    const seconds = (now - this.began) / 1000;
    return {
      text: this.characters,
      tokens: this.count,
      tokensPerSecond: seconds > 0 ? this.count / seconds : 0,
      firstTokenMs: this.firstTokenMs,
    };
  }
}
