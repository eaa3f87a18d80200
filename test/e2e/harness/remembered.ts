/** What VS Code's window in the browser has written down. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Waits until a text stands in what the window has stored of the workspace and its extensions. VS Code writes it into
 * the browser's databases every few seconds, and a window that is closed earlier forgets it.
 * @param text as it stands in JSON
 */
export async function untilRemembered(page: Page, text: string): Promise<void> {
  await expect.poll(() => page.evaluate(isStored, text)).toBe(true);
}

/** Runs in the page: looks through the tables in which VS Code keeps its storage. */
async function isStored(text: string): Promise<boolean> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('The database does not answer.'));
    });
  for (const { name } of await indexedDB.databases()) {
    if (name?.startsWith('vscode-web-state-db-') !== true) continue;
    const database = await settled(indexedDB.open(name));
    try {
      const items: unknown[] = await settled(
        database.transaction('ItemTable').objectStore('ItemTable').getAll(),
      );
      if (items.some((item) => typeof item === 'string' && item.includes(text))) return true;
    } finally {
      database.close();
    }
  }
  return false;
}
