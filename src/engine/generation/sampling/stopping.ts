/** When a text ends. */

/** Asked before each token, with the number of tokens written so far; a reason ends the text. */
export type StoppingRule = (tokens: number) => 'length' | 'stopped' | undefined;

export function afterTokens(count: number): StoppingRule {
  return (tokens) => (tokens >= count ? 'length' : undefined);
}

export function whenAborted(signal: AbortSignal | undefined): StoppingRule {
  return () => (signal?.aborted === true ? 'stopped' : undefined);
}

/** The reason of the first rule that has one. */
export function firstOf(rules: readonly StoppingRule[]): StoppingRule {
  return (tokens) => {
    for (const rule of rules) {
      const reason = rule(tokens);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}
