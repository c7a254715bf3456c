import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { visible } from '../../i18n/visible.ts';
import type { Report } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import { reporters } from '../../report/reporters.generated.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { deliver, renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { formatsOf } from '../flags.ts';
import { canBeDiagnosed, diagnosedAgain, hasKeptParts, isEvidence, type SavedEvidence } from './evidence.ts';

/** What a file holds of a run. */
interface Saved {
  readonly evidence?: SavedEvidence;
  readonly report?: Report;
  /** Names of the file are pseudonyms. */
  readonly anonymized: boolean;
}

/** Evidence of some megabytes is a thousand mailboxes; more is not ours. */
const largest = 256 * 1024 * 1024;

const unusable = (file: string, why: Text): UsageError =>
  new UsageError({ en: `${visible(file)}: ${visible(why.en)}`, ja: `${visible(file)}: ${visible(why.ja)}` });

const read = async (file: string): Promise<Buffer> => {
  const handle = await open(file, 'r');
  try {
    const about = await handle.stat();
    if (about.size > largest) {
      throw unusable(file, { en: 'too large for saved evidence', ja: '保存された証拠としては大きすぎます' });
    }
    return about.isFile() ? await handle.readFile() : Buffer.alloc(0);
  } finally {
    await handle.close();
  }
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const asReport = async (file: string, value: unknown): Promise<Report> => {
  const { readReport } = await import('./report-shape.ts');
  const found = await readReport(value);
  if (found.kind === 'report') return found.report;
  throw unusable(file, {
    en: `the report in it is not one that this version can read (${found.where})`,
    ja: `含まれているレポートを、このバージョンでは読み取れません (${found.where})`,
  });
};

const opening = '<script type="application/json" id="crm-doctor-report">';

/** The report that our HTML page carries: the first such element, up to its end. */
const embeddedIn = (page: string): string | undefined => {
  const start = page.indexOf(opening);
  if (start < 0) return undefined;
  const end = page.indexOf('</script>', start);
  return end < 0 ? undefined : page.slice(start + opening.length, end);
};

const parsed = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(file, { en: 'this is no readable JSON file', ja: 'JSON として読み取れません' });
  }
};

const partsOf = async (
  file: string,
  { report, evidence }: { readonly report?: unknown; readonly evidence?: unknown },
  anonymized: boolean,
): Promise<Saved> => {
  const usable = isEvidence(evidence) ? { evidence } : {};
  const rendered = report === undefined ? {} : { report: await asReport(file, report) };
  if (usable.evidence === undefined && rendered.report === undefined) {
    throw unusable(file, {
      en: 'this holds neither evidence nor a report of a crm-doctor run (a bundle and runs/ID.json of the runbook do)',
      ja: 'crm-doctor の証拠もレポートも入っていません（サポート用ファイルや、作業記録の runs/ID.json には入っています）',
    });
  }
  return { ...usable, ...rendered, anonymized };
};

/** A bundle, a recorded run, evidence alone, a report alone, or the HTML page of a report; told by content. */
const savedIn = async (file: string): Promise<Saved> => {
  const bytes = await read(file).catch((error: unknown) => {
    if (error instanceof UsageError) throw error;
    throw unusable(file, { en: 'the file cannot be read', ja: 'ファイルを読み取れません' });
  });
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    const { BundleError, openBundle } = await import('./archive.ts');
    const opened = await openBundle(file).catch((error: unknown) => {
      throw error instanceof BundleError ? unusable(file, error.text) : error;
    });
    return partsOf(file, opened, opened.anonymized);
  }
  const text = bytes.toString('utf8');
  const page = embeddedIn(text);
  const value = parsed(file, page ?? text);
  if (!isObject(value)) return partsOf(file, {}, false);
  if ('report' in value || 'evidence' in value) return partsOf(file, value, false);
  const isReport = 'schema' in value && value.schema === 'crm-doctor/report/v1';
  return partsOf(file, isReport ? { report: value } : { evidence: value }, false);
};

/** The report in a file, where there is one. */
export const savedReport = async (file: string): Promise<Report | undefined> => (await savedIn(file)).report;

const notes = {
  rendered: {
    en: 'this is the report as it was recorded; nothing was diagnosed again, because it comes without evidence',
    ja: '記録されたレポートをそのまま表示しています。証拠が含まれていないため、診断し直してはいません',
  },
  fromFiles: {
    en: 'this is the report as it was recorded. Nothing was diagnosed again: the records and definitions that it is about are not in here, because they may hold data of customers that no rule could recognise and take out. Where they lie, crm-doctor sync or workflow looks at them anew',
    ja: '記録されたレポートをそのまま表示しています。診断し直してはいません。対象のレコードや定義には、自動では見分けて取り除けない顧客の情報が含まれることがあるため、この資料に入れていないからです。元のデータがある場所で crm-doctor sync または workflow を実行すると、調べ直せます',
  },
  kept: {
    en: 'mail and CRM were diagnosed again; what is said of records and definitions is as it was recorded',
    ja: 'メールと CRM は診断し直しました。レコードと定義に関する部分は、記録された内容のままです',
  },
  anonymized: {
    en: 'names in it are pseudonyms; a cause that hangs on a name (a provider, a domain) may be told otherwise than in the original',
    ja: '名前は仮名に置き換えられています。事業者やドメインの名前に左右される原因は、元の診断と異なる場合があります',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** Looks at a saved run again: diagnoses its evidence where there is some, else shows its report and says so. */
export const reportFrom = async (given: string, flags: CommonFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const file = resolve(io.cwd, given);
  const { evidence, report, anonymized } = await savedIn(file);
  const note = (text: Text): void => {
    if (!flags.quiet) io.err.write(`crm-doctor: ${text[language]}\n`);
  };
  if (evidence && canBeDiagnosed(evidence)) {
    const code = await diagnosedAgain(evidence, report, flags, context);
    if (report && hasKeptParts(report)) note(notes.kept);
    if (anonymized) note(notes.anonymized);
    return code;
  }
  if (!report) {
    throw unusable(file, {
      en: 'this run looked at records or definitions, so there is no evidence to diagnose again; `crm-doctor report RUN` shows it',
      ja: 'レコードか定義を調べた実行のため、診断し直す証拠がありません。結果は `crm-doctor report 実行` で表示できます',
    });
  }
  const formats = formatsOf(flags, Object.keys(reporters));
  const speaking = { ...context, language: report.run.language };
  const code = await deliver(report, formats, renderOptions(flags, speaking, undefined), speaking);
  note(evidence ? notes.fromFiles : notes.rendered);
  return code;
};
