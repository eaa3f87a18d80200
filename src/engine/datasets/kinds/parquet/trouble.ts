/** What goes wrong inside a column; whoever reads it knows its name and says what to do. */

/** The bytes are not what they should be. */
export class Damaged extends Error {}

/** A type, an encoding or a compression that is not read here: the other columns are. */
export class Unsupported extends Error {}
