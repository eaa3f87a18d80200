/** A program that cannot be recorded or run, told by the names of the program and of the kernel at fault. */
export class ProgramError extends Error {
  /** The program's name, or undefined outside any program. */
  readonly program: string | undefined;
  /** The TensorFlow.js kernel at fault, where there is one. */
  readonly kernel: string | undefined;
  /** What to do instead. */
  readonly advice: string | undefined;

  constructor(
    message: string,
    more: {
      program?: string | undefined;
      kernel?: string | undefined;
      advice?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    const where = more.program === undefined ? '' : `Program "${more.program}": `;
    super(
      `${where}${message}${more.advice === undefined ? '' : ` ${more.advice}`}`,
      more.cause === undefined ? undefined : { cause: more.cause },
    );
    this.name = 'ProgramError';
    this.program = more.program;
    this.kernel = more.kernel;
    this.advice = more.advice;
  }
}
