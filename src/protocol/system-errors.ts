/** What the operating system and Node refuse, in words for people: which file, and what to do about it. */
/** The fields that Node puts on errors of the file system. */
export interface SystemError extends Error {
  readonly code?: string;
  readonly path?: string;
  readonly syscall?: string;
}

export interface SystemWords {
  readonly code: 'file' | 'disk-full';
  readonly message: string;
  readonly advice: string;
}

/** `what` is the file in quotes, or `the file` where nobody knows its name. */
type Words = (what: string) => Omit<SystemWords, 'code'>;

const noRight: Words = (what) => ({
  message: `No permission for ${what}.`,
  advice: 'Check who may read and write it, or choose another place.',
});
const manyFiles: Words = (what) => ({
  message: `${what} could not be opened: too many files are open.`,
  advice: 'Close other programs and try again.',
});
const inUse: Words = (what) => ({
  message: `Another program uses ${what}.`,
  advice: 'Close it there and try again.',
});
const tooLarge: Words = (what) => ({
  message: `${what} is larger than can be read or written in one piece.`,
  advice: 'Split it into smaller files.',
});

const words: Readonly<Record<string, Words>> = {
  ENOENT: (what) => ({
    message: `There is no file ${what}.`,
    advice: 'Check the name, and that the file has not been moved or deleted.',
  }),
  EACCES: noRight,
  EPERM: noRight,
  EROFS: (what) => ({
    message: `${what} lies on a disk that can only be read.`,
    advice: 'Choose another place.',
  }),
  EISDIR: (what) => ({
    message: `A file is needed, but ${what} is a folder.`,
    advice: 'Name a file in it.',
  }),
  ENOTDIR: (what) => ({
    message: `There can be no ${what}: a part of this path is a file and not a folder.`,
    advice: 'Check the path.',
  }),
  EEXIST: (what) => ({
    message: `${what} is there already.`,
    advice: 'Choose another name, or move what is there.',
  }),
  ENOTEMPTY: (what) => ({
    message: `The folder ${what} is not empty.`,
    advice: 'Look what else writes into it, then try again.',
  }),
  ENAMETOOLONG: (what) => ({
    message: `The name ${what} is longer than the system allows.`,
    advice: 'Choose a shorter name, or a folder nearer to the top.',
  }),
  ELOOP: (what) => ({
    message: `${what} is a link that leads in a circle, or one that must not be followed.`,
    advice: 'Name the file itself in place of the link.',
  }),
  EMFILE: manyFiles,
  ENFILE: manyFiles,
  EBUSY: inUse,
  ETXTBSY: inUse,
  EFBIG: tooLarge,
  ERR_FS_FILE_TOO_LARGE: tooLarge,
  ERR_STRING_TOO_LONG: tooLarge,
  EIO: (what) => ({
    message: `The disk failed at ${what}.`,
    advice: 'Look after the disk, and copy what matters to another one.',
  }),
};

/** The end of the names under which files are written before they are renamed. */
const TEMPORARY = /\.[0-9a-f]{12}\.tmp$/;

/** Longer names are cut in the middle of a sentence; the place of an error holds them whole. */
const LONGEST = 300;

/** A path as a sentence holds it. */
export function shortPath(path: string): string {
  if (path.length <= LONGEST) return path;
  return `${path.slice(0, LONGEST / 2)}…${path.slice(-LONGEST / 2)}`;
}

/**
 * The file that an error of the system is about: `given` by whoever worked on it, else what the system named, under
 * the name that it has for people.
 */
export function fileOf({ path }: SystemError, given: string | undefined): string | undefined {
  return given ?? path?.replace(TEMPORARY, '');
}

/** Words for an error of the system about a file; undefined for other errors, which are defects of ours. */
export function describeSystemError(error: SystemError, file: string | undefined): SystemWords | undefined {
  const { code = '' } = error;
  const what = file === undefined ? 'the file' : `"${shortPath(file)}"`;
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const known = Object.hasOwn(words, code) ? words[code] : undefined;
  if (known) {
    const { message, advice } = known(what);
    return { code: 'file', message: capital(message), advice };
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      code: 'disk-full',
      message: file === undefined ? 'The disk is full.' : `The disk is full: ${what} could not be written.`,
      advice: 'Free some space and try again. What was already saved is still there.',
    };
  }
  if (code === 'ERR_INVALID_ARG_VALUE' && /null bytes/i.test(error.message)) {
    return {
      code: 'file',
      message: `The name ${what} holds a NUL character, which no file name can have.`,
      advice: 'Write the name without it.',
    };
  }
  // A channel between processes fails with such errors too, about no file.
  if (error.syscall === undefined || file === undefined) return undefined;
  return {
    code: 'file',
    message: `The system refuses ${what}: ${error.message.replace(/[.]$/, '')}.`,
    advice: 'Check the file and its disk, or choose another place.',
  };
}
