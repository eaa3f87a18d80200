/** What was left out of many images, and what was changed in them: counted, and said once each with the first name. */
import type { DatasetIssue, Severity } from '../../../protocol/dataset';
import { writeCounted } from '../../../protocol/words';
import type { ImageFacts } from './image-file';

export type ImageFinding =
  | 'unreadable'
  | 'empty'
  | 'no-image'
  | 'other-file'
  | 'too-large'
  | 'broken'
  | 'animated'
  | 'transparent'
  | 'deep'
  | 'cmyk';

interface Words {
  readonly severity: Severity;
  readonly one: string;
  readonly many: string;
  readonly advice: string;
}

const WORDS: Readonly<Record<ImageFinding, Words>> = {
  broken: {
    severity: 'warning',
    one: 'image is broken and left out',
    many: 'images are broken and left out',
    advice: 'Save them again from where they came, or delete them.',
  },
  empty: {
    severity: 'warning',
    one: 'file has the name of an image and no content, and is left out',
    many: 'files have the names of images and no content, and are left out',
    advice: 'Copy them again, or delete them.',
  },
  'no-image': {
    severity: 'warning',
    one: 'file has the name of an image and is none, and is left out',
    many: 'files have the names of images and are none, and are left out',
    advice: 'PNG, JPEG, WebP, GIF, BMP and TIFF can be read.',
  },
  'too-large': {
    severity: 'warning',
    one: 'image has more than 64 million pixels, or 200 MB, and is left out',
    many: 'images have more than 64 million pixels, or 200 MB, and are left out',
    advice: 'Save them smaller: the model sees a few dozen pixels a side.',
  },
  unreadable: {
    severity: 'warning',
    one: 'file cannot be read and is left out',
    many: 'files cannot be read and are left out',
    advice: 'Check who may read them.',
  },
  'other-file': {
    severity: 'information',
    one: 'file is no image and left out',
    many: 'files are no images and left out',
    advice: 'Only images are learnt from.',
  },
  animated: {
    severity: 'information',
    one: 'image has several frames, of which the first is used',
    many: 'images have several frames, of which the first is used',
    advice: 'Save the frames as images of their own to learn from all.',
  },
  transparent: {
    severity: 'information',
    one: 'image can be transparent and is laid on white',
    many: 'images can be transparent and are laid on white',
    advice: 'Save them without transparency to choose another ground.',
  },
  deep: {
    severity: 'information',
    one: 'image has 16 bits a colour and is read with 8',
    many: 'images have 16 bits a colour and are read with 8',
    advice: 'Finer shades than 256 are lost.',
  },
  cmyk: {
    severity: 'information',
    one: 'image is made for printing (CMYK) and is read as red, green and blue',
    many: 'images are made for printing (CMYK) and are read as red, green and blue',
    advice: 'Colours may differ a little from those of other programs.',
  },
};

export class ImageFindings {
  readonly #found = new Map<ImageFinding, { count: number; first: string }>();

  leaveOut(finding: ImageFinding, name: string): void {
    const known = this.#found.get(finding);
    // Several files are read at once: the first is the first by name, on every machine.
    const first = known === undefined || name < known.first ? name : known.first;
    this.#found.set(finding, { count: (known?.count ?? 0) + 1, first });
  }

  /** What is changed in an image that is used. */
  notice(facts: ImageFacts, name: string): void {
    if (facts.animated) this.leaveOut('animated', name);
    // Frames of a GIF are transparent where they repeat the one before.
    if (facts.transparent && !(facts.animated && facts.format === 'GIF')) this.leaveOut('transparent', name);
    if (facts.deep) this.leaveOut('deep', name);
    if (facts.cmyk) this.leaveOut('cmyk', name);
  }

  issues(): DatasetIssue[] {
    return (Object.keys(WORDS) as ImageFinding[]).flatMap((finding) => {
      const found = this.#found.get(finding);
      if (found === undefined) return [];
      const { severity, one, many, advice } = WORDS[finding];
      const { count, first } = found;
      return [
        {
          severity,
          code: `image-${finding}`,
          message: `${writeCounted(count, one, many)}${count === 1 ? ':' : ', the first'} "${first}".`,
          advice,
          rows: count,
        },
      ];
    });
  }
}
