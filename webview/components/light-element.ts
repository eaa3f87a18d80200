/**
 * The base of the lab's own elements. They render into the document itself and not into a shadow tree: one style
 * sheet serves all, the icon font applies, and labels and descriptions can refer to elements across components.
 */
import { LitElement } from 'lit';

export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
