import type { Language } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { ReadingProblem } from '../../model/workflow/project.ts';
import type { Crash } from '../../workflow/lint/run-rules.ts';

const words = {
  title: { en: 'A rule of crm-doctor failed', ja: 'crm-doctor のルールの不具合' },
  unread: { en: 'crm-doctor could not read a file', ja: 'crm-doctor がファイルを読めません' },
  fix: {
    en: 'A report of it with the file helps us to mend it; the other rules and files were checked.',
    ja: 'このファイルを添えて報告してください。ほかのルールとファイルは検査しました。',
  },
};

/** A rule that threw, as a finding of its own: the reader knows what was not looked at. It is no error of the definition. */
export const crashFindings = (crashes: readonly Crash[], language: Language): readonly Finding[] =>
  crashes.map(({ rule, workflow, file = '', error }) => ({
    rule: 'workflow.internal-error',
    severity: 'info',
    confidence: 'certain',
    kind: 'internal',
    sourceKind: 'maintenance',
    title: words.title[language],
    ...(workflow === undefined ? {} : { workflow }),
    file: file === '' ? rule : file,
    line: 1,
    column: 1,
    message: `${rule}: ${error}`,
    fix: { says: words.fix[language], auto: 'no', edits: [] },
    also: [],
    suppress: '',
  }));

/** The same of an importer: the file was not read, which is no fault of it either. */
export const readingCrashes = (problems: readonly ReadingProblem[], language: Language): readonly Finding[] =>
  problems
    .filter(({ rule }) => rule === 'internal-error')
    .map(({ place: { file, line, column }, message }) => ({
      rule: 'workflow.internal-error',
      severity: 'info',
      confidence: 'certain',
      kind: 'internal',
      sourceKind: 'reading',
      title: words.unread[language],
      file,
      line,
      column,
      message: message[language],
      fix: { says: words.fix[language], auto: 'no', edits: [] },
      also: [],
      suppress: '',
    }));
