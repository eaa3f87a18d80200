/** What the images of a dataset are, with some of them to see. */
import { html, nothing, type TemplateResult } from 'lit';
import type { TableSummary } from '../../src/protocol/dataset';
import type { ThumbnailsState } from '../../src/protocol/webview';
import { writeImages } from '../../src/protocol/words';

/** Nothing for a dataset without images; empty frames while those of another dataset are shown, or none yet. */
export function imageSamples(
  { path, columns }: TableSummary,
  thumbnails: ThumbnailsState | undefined,
): TemplateResult | typeof nothing {
  const column = columns.find(({ image }) => image !== undefined);
  if (column?.image === undefined) return nothing;
  const { image } = column;
  const shown = thumbnails?.path === path && thumbnails.column === column.name ? thumbnails.images : [];
  const pictures = new Map(shown.map(({ name, png }) => [name, png]));
  return html`<div class="field-block">
    <div class="label" id="images-of-dataset">Images</div>
    <ul class="thumbnails" aria-labelledby="images-of-dataset">
      ${image.samples.map((name) => {
        const png = pictures.get(name);
        return html`<li title=${name}>
          ${png === undefined ? nothing : html`<img src="data:image/png;base64,${png}" alt=${name} />`}
        </li>`;
      })}
    </ul>
    <p class="hint">${writeImages(image)}.</p>
  </div>`;
}
