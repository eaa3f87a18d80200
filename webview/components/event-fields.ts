/** What the field of an event holds: fields of the toolkit are no `HTMLInputElement`, but have its properties. */

/** The text of the field, empty where it has none. */
export function valueOf({ target }: Event): string {
  return target !== null && 'value' in target && typeof target.value === 'string' ? target.value : '';
}

/** Whether the box is ticked. */
export function isChecked({ target }: Event): boolean {
  return target !== null && 'checked' in target && target.checked === true;
}
