/** Draws what is wrong or special about a file: what its reading tells, and what the quality checks found. */
import type { TemplateResult } from 'lit';
import type { DatasetSummary } from '../../src/protocol/dataset';
import type { QualityFinding } from '../../src/protocol/quality';
import type { FromWebviewInput } from '../../src/protocol/webview';
import { writeCount } from '../../src/protocol/words';
import type { ButtonOptions } from '../components/controls';
import { message } from '../components/notice';
import { toldApart } from './issues';

export interface IssueHandlers {
  readonly onIntent: (intent: FromWebviewInput) => void;
  /** The columns are to be left out in the form. */
  readonly onLeaveOut: (columns: readonly string[]) => void;
}

export function issueMessages(
  dataset: DatasetSummary,
  findings: readonly QualityFinding[],
  handlers: IssueHandlers,
): TemplateResult[] {
  const { ofReading, ofChecks } = toldApart(dataset.issues, findings);
  return [
    ...ofReading.map(({ issue, others }) =>
      message({
        severity: issue.severity,
        message: issue.line === undefined ? issue.message : `Line ${issue.line}: ${issue.message}`,
        advice: others === 0 ? issue.advice : `${issue.advice} (${writeCount(others)} more like this.)`,
      }),
    ),
    ...ofChecks.map((finding) =>
      message({
        severity: finding.severity,
        message: finding.message,
        advice: finding.advice,
        actions: actionsOf(dataset.path, finding, handlers),
      }),
    ),
  ];
}

/** Where it is, and what mends it. */
function actionsOf(path: string, finding: QualityFinding, handlers: IssueHandlers): ButtonOptions[] {
  const { check, columns, places, mends } = finding;
  const span = places.find((place) => place.span !== undefined)?.span;
  const show: ButtonOptions[] =
    span === undefined
      ? []
      : [
          {
            label: 'Show',
            icon: 'go-to-file',
            onClick: () => handlers.onIntent({ type: 'goTo', path, ...span }),
          },
        ];
  return [
    ...show,
    ...mends.map((mend) => ({
      label: mend.label,
      onClick: () =>
        mend.kind === 'exclude'
          ? handlers.onLeaveOut(mend.columns)
          : handlers.onIntent({ type: 'mend', path, check, mend: mend.name, column: columns[0] }),
    })),
  ];
}
