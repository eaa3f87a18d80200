/** Where the focus lands and what must not cover it. */

/** A click that brings the focus along, ms: where it lands is the click's affair. */
const clickBringsFocus = 500;

/**
 * Whoever comes by F6 or Tab lands on something that can be seen: what had the focus last, else the chosen tab. VS
 * Code gives the focus to the page as a whole. It is ringed though a click was the last that happened in the page
 * (`by-keys`, styles/base.css): browsers ring only what keys have led to. What scrolls into view stays clear of the
 * head and the foot that stick.
 */
export function landFocus(page: HTMLElement): void {
  let clicked = -Infinity;
  let last: HTMLElement | undefined;
  const byKeys = (is: boolean) => document.documentElement.classList.toggle('by-keys', is);
  window.addEventListener(
    'pointerdown',
    (event) => {
      clicked = event.timeStamp;
      byKeys(false);
    },
    { capture: true },
  );
  // From the first key on the browser itself rings what has the focus.
  window.addEventListener('keydown', () => byKeys(false), { capture: true });
  page.addEventListener('focusin', (event) => {
    if (event.target instanceof HTMLElement) last = event.target;
  });
  window.addEventListener('focus', (event) => {
    if (event.timeStamp - clicked < clickBringsFocus) return;
    byKeys(true);
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const tab = page.querySelector<HTMLElement>('[role=tab][aria-selected=true]');
    (last?.isConnected === true ? last : tab)?.focus();
  });
  keepClear(page);
}

/** Keeps the heights of head and foot where the style sheet finds them, as they change. */
function keepClear(page: HTMLElement): void {
  const root = document.documentElement;
  const measured = new Map<string, number>();
  const set = (name: string, element: Element | null) => {
    const height = element === null ? 0 : Math.ceil(element.getBoundingClientRect().height);
    if (measured.get(name) === height) return;
    measured.set(name, height);
    root.style.setProperty(name, `${height}px`);
  };
  const measure = () => {
    set('--lab-head-height', page.querySelector('.lab-head'));
    set('--lab-foot-height', page.querySelector('.submit'));
  };
  new ResizeObserver(measure).observe(page);
  page.addEventListener('focusin', measure);
}

/** Whether the focus is in the page, in one of its parts or on none: only then may it be moved. */
export function hasFocus(part: Element): boolean {
  const { activeElement } = document;
  return (
    document.hasFocus() &&
    (activeElement === null || activeElement === document.body || part.contains(activeElement))
  );
}
