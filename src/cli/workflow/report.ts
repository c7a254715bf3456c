import { plural } from '../../i18n/format.ts';
import type { CheckReport, CheckStatus, Report, ReportStatus } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { SimulatedSample } from '../../model/workflow/sample.ts';
import type { Crash } from '../../workflow/lint/run-rules.ts';
import { concerns } from '../../workflow/lint/run-rules.ts';
import { fingerprintsOf } from './fingerprints.ts';
import type { Wanted } from './selection.ts';

export const titles: Readonly<Record<string, Text>> = {
  'workflow.parse': { en: 'The definitions can be read', ja: '定義ファイルを読み込める' },
  'workflow.lint': { en: 'No mistakes in the workflows', ja: 'ワークフローに誤りがない' },
  'workflow.simulate': { en: 'The samples run as they should', ja: 'サンプルが想定どおりに動く' },
};

/** Of one check: what was asked, and how it went. */
interface Made {
  readonly id: string;
  readonly status: CheckStatus;
  readonly says: Text;
  readonly ms: number;
  readonly fact?: Readonly<Record<string, unknown>>;
  readonly because?: Text;
}

export const checkOf = ({ id, status, says, ms, fact, because }: Made, language: Language): CheckReport => ({
  id,
  mailbox: '',
  target: '',
  title: titles[id]?.[language] ?? id,
  status,
  summary: says[language],
  durationMs: Math.round(ms),
  evidence: fact ? [{ ...fact, fact: id }] : [],
  ...(because ? { skippedBecause: because[language] } : {}),
});

const live = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ suppressed }) => suppressed === undefined);

/** Findings about reading decide `workflow.parse`, all others `workflow.lint`. */
export const isReading = ({ sourceKind }: Finding): boolean => sourceKind === 'reading';

const graded = (findings: readonly Finding[]): 'fail' | 'warn' | 'pass' => {
  const counted = live(findings);
  if (counted.some(({ severity }) => severity === 'error')) return 'fail';
  return counted.some(({ severity }) => severity === 'warning') ? 'warn' : 'pass';
};

const formatsOf = ({ workflows }: Project): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { format } of workflows) counts[format] = (counts[format] ?? 0) + 1;
  return counts;
};

/** What crm-doctor itself could not read was not checked; a folder without definitions neither. */
const statusOfReading = ({ workflows, problems }: Project, about: readonly Finding[]): CheckStatus => {
  const grade = graded(about);
  if (grade === 'fail') return grade;
  if (problems.some(({ rule }) => rule === 'internal-error')) return 'error';
  return workflows.length === 0 ? 'unknown' : grade;
};

export const parseCheck = (
  { project, findings, ms }: { readonly project: Project; readonly findings: readonly Finding[]; readonly ms: number },
  language: Language,
): CheckReport => {
  const about = findings.filter(isReading);
  const errors = live(about).filter(({ severity }) => severity === 'error').length;
  const { workflows, files } = project;
  const read = files.filter(({ role }) => role === 'workflow' || role === 'side').length;
  const passedOver = files.filter(({ role }) => role === 'other').length;
  const en = `${plural(workflows.length, 'workflow')} in ${plural(read, 'file')}${passedOver === 0 ? '' : `, ${passedOver} other files passed over`}`;
  const ja = `${read} ファイル、${workflows.length} 件のワークフロー${passedOver === 0 ? '' : `（ほかのファイル ${passedOver} 件は対象外）`}`;
  return checkOf(
    {
      id: 'workflow.parse',
      status: statusOfReading(project, about),
      says:
        workflows.length === 0 && errors === 0
          ? { en: `no workflow definition was found; ${en}`, ja: `ワークフローの定義が見つかりません。${ja}` }
          : errors === 0
            ? { en, ja }
            : { en: `${plural(errors, 'reading error')}; ${en}`, ja: `読み込みエラー ${errors} 件。${ja}` },
      ms,
      fact: {
        files: read,
        workflows: workflows.length,
        passedOver,
        formats: formatsOf(project),
        ...fingerprintsOf(project),
      },
    },
    language,
  );
};

interface Linted {
  readonly wanted: Wanted;
  readonly project: Project;
  readonly findings: readonly Finding[];
  readonly notRun: NonNullable<Report['notRun']>;
  readonly crashes: readonly Crash[];
  readonly ms: number;
}

/** Rules that had something to look at: of a format that is there, and with all that they need. */
const ranOf = ({ wanted: { rules }, project, notRun }: Linted): number => {
  const formats = new Set(project.workflows.map(({ format }) => format));
  const left = new Set(notRun.flatMap(({ rule, partly }) => (partly ? [] : [rule])));
  return rules.filter((rule) => !left.has(rule.id) && concerns(rule, formats)).length;
};

const skipped = (says: Text, because: Text): Made => ({ id: 'workflow.lint', status: 'skip', says, ms: 0, because });

export const lintCheck = (linted: Linted, language: Language): CheckReport => {
  const { wanted, project, findings, crashes, ms } = linted;
  if (!wanted.lint) {
    return checkOf(
      skipped({ en: 'not asked for', ja: '対象外の指定です' }, { en: '--only or --skip', ja: '--only または --skip' }),
      language,
    );
  }
  if (project.workflows.length === 0) {
    const nothing = { en: 'there is no workflow to look at', ja: '調べるワークフローがありません' };
    return checkOf(skipped(nothing, { en: 'workflow.parse', ja: 'workflow.parse' }), language);
  }
  const ran = ranOf(linted);
  const about = live(findings.filter((finding) => !isReading(finding)));
  const count = (severity: string) => about.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const grade = graded(about);
  const status: CheckStatus = grade !== 'fail' && crashes.length > 0 ? 'error' : grade;
  const counts = {
    en: `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`,
    ja: `エラー ${errors} 件、注意 ${warnings} 件`,
  };
  const broken: Text = {
    en: `a rule of crm-doctor itself failed (${crashes
      .map(({ rule, file = '' }) => `${rule} ${file}`.trim())
      .slice(0, 3)
      .join(', ')})`,
    ja: `crm-doctor 自身のルールに不具合がありました（${crashes
      .map(({ rule, file = '' }) => `${rule} ${file}`.trim())
      .slice(0, 3)
      .join('、')}）`,
  };
  const rules = { en: `${plural(ran, 'rule')} ran`, ja: `${ran} 件のルールで確認しました` };
  const said = errors + warnings > 0 ? { en: `${counts.en} (${rules.en})`, ja: `${counts.ja}（${rules.ja}）` } : rules;
  return checkOf(
    {
      id: 'workflow.lint',
      status,
      says: crashes.length > 0 ? { en: `${said.en}; ${broken.en}`, ja: `${said.ja}。${broken.ja}` } : said,
      ms,
      fact: { errors, warnings, info: count('info'), rules: ran, ...(crashes.length > 0 ? { crashes } : {}) },
    },
    language,
  );
};

const bad = ({ status, matches }: SimulatedSample): boolean => (matches === undefined ? status === 'failed' : !matches);

/** What the dry run adds to a report, and how long it took. */
export type DryRun = Pick<Report, 'simulation' | 'boundaries' | 'coverage'> & { readonly ms: number };

/** Samples decide; a generated record that fails is worth knowing, since nobody said that it has to work. */
export const simulateCheck = ({ simulation = [], boundaries, ms }: DryRun, language: Language): CheckReport => {
  const failed = simulation.filter(bad).length;
  const open = simulation.filter((one) => !bad(one) && one.matches !== true && one.status === 'unknown').length;
  const edges = boundaries?.failed.length ?? 0;
  const some = (count: number | undefined, en: string, ja: string): readonly Text[] =>
    count === undefined || count === 0 ? [] : [{ en: `${count} ${en}`, ja: `${ja} ${count} 件` }];
  const parts = [
    ...some(simulation.length, simulation.length === 1 ? 'sample tried' : 'samples tried', '試したサンプル'),
    ...some(failed, 'failed or came out otherwise', '失敗または想定と違う結果'),
    ...some(open, 'unknown', '不明'),
    ...some(boundaries?.tried, 'generated records tried', '試した自動生成レコード'),
    ...some(edges, 'of them failed', 'うち失敗'),
  ];
  return checkOf(
    {
      id: 'workflow.simulate',
      status: failed > 0 ? 'fail' : open > 0 ? 'unknown' : edges > 0 ? 'warn' : 'pass',
      says: {
        en: parts.length === 0 ? 'nothing to try' : parts.map(({ en }) => en).join(', '),
        ja: parts.length === 0 ? '試すものがありません' : parts.map(({ ja }) => ja).join('、'),
      },
      ms,
      fact: {
        samples: simulation.length,
        failed,
        unknown: open,
        ...(boundaries ? { boundaries: boundaries.tried, boundariesFailed: edges } : {}),
      },
    },
    language,
  );
};

/** `new`: only findings that were not there before fail the run, errors and warnings alike. */
export type FailOn = 'warn' | 'fail' | 'new';

export const exitCodeOf = (
  status: ReportStatus,
  {
    failOn,
    findings,
    checks,
  }: { readonly failOn: FailOn; readonly findings: readonly Finding[]; readonly checks: readonly CheckReport[] },
): number => {
  if (failOn === 'new') {
    const fresh = live(findings).some((one) => one.new === true && one.severity !== 'info');
    const dryRunFails = checks.some((check) => check.id === 'workflow.simulate' && check.status === 'fail');
    if (fresh || dryRunFails) return 1;
    return checks.some((check) => check.status === 'error' || check.status === 'unknown') ? 3 : 0;
  }
  switch (status) {
    case 'fail':
      return 1;
    case 'warn':
      return failOn === 'warn' ? 1 : 0;
    case 'unknown':
    case 'error':
      return 3;
    case 'pass':
      return 0;
  }
};
