/** Where the rows of a table and their cells stand in its bytes. */
export interface Rows extends CellPlaces {
  readonly startLine: Uint32Array;
  readonly endLine: Uint32Array;
  readonly startByte: Uint32Array;
  readonly endByte: Uint32Array;
}

export interface CellPlaces {
  readonly records: number;
  /** `[records + 1]`, index of each row's first cell in `cellStart` and `cellEnd`. */
  readonly firstCell: Uint32Array;
  /** Where the cell's text begins, behind its opening quote, and ends, before its closing quote. */
  readonly cellStart: Uint32Array;
  readonly cellEnd: Uint32Array;
}
