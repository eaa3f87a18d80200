/** When the extension's bundle began to be evaluated; imported first by main.ts. In ms of `performance.now()`. */
export const loadStarted = performance.now();
