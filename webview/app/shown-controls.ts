/**
 * Names of files, columns, classes and runs come from whoever made the file. What they are written into is text for the
 * browser, never markup; but characters that turn the direction of the letters behind them, and those that cannot be
 * seen, would let a name read as another one. Whatever is drawn passes here: such characters are shown instead.
 */
import { showControls } from '../../src/protocol/plain-text';

/** Attributes that people read or hear. */
const told = ['title', 'aria-label'] as const;

/** Shows the control characters of every text below `page` from now on, before it is painted. */
export function showControlsIn(page: HTMLElement): void {
  const observer = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      showIn(target);
      for (const node of addedNodes) showBelow(node);
    }
  });
  observer.observe(page, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [...told],
  });
}

function showBelow(root: Node): void {
  showIn(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) showIn(node);
}

function showIn(node: Node): void {
  if (node instanceof Text) {
    const shown = showControls(node.data);
    if (shown !== node.data) node.data = shown;
  } else if (node instanceof Element) {
    for (const name of told) {
      const value = node.getAttribute(name);
      const shown = value === null ? '' : showControls(value);
      if (value !== null && shown !== value) node.setAttribute(name, shown);
    }
  }
}
