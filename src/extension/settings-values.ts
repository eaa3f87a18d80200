/** Values of settings that more than the reader of settings knows. No VS Code here. */
export const markPositions = ['auto', 'end', 'start', 'gutter'] as const;
/** Where the text of a mark stands; every row has its sign in the gutter. */
export type MarkPosition = (typeof markPositions)[number];
