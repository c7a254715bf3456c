import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { MailConfig } from '../../model/config.ts';
import type { CrmConfig, CrmSubject } from '../../model/crm/subject.ts';
import { subjectOf } from '../../model/mailbox.ts';
import { reporters } from '../../report/reporters.generated.ts';
import type { Recording } from '../../run/record.ts';
import { replaying } from '../../run/record.ts';
import { openRunbook, runbookDirectory } from '../../runbook/runbook.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { deliver, renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags, formatsOf } from '../flags.ts';
import { guarded } from '../report-error.ts';

interface SavedEvidence extends Recording {
  readonly command: string;
  readonly target: string;
  readonly mail: readonly { readonly config: MailConfig; readonly path: string; readonly label: string }[];
  /** Files of before have none. */
  readonly crm?: readonly { readonly config: CrmConfig; readonly path: string; readonly label: string }[];
  /** What the run was limited to; files of before have none. */
  readonly only?: unknown;
  readonly skip?: unknown;
  readonly offline?: unknown;
}

const globsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Evidence of some megabytes is a thousand mailboxes; more is not ours. */
const largestEvidence = 256 * 1024 * 1024;

const isEvidence = (value: unknown): value is SavedEvidence =>
  typeof value === 'object' &&
  value !== null &&
  'schema' in value &&
  value.schema === 'crm-doctor/evidence/v1' &&
  'answers' in value &&
  typeof value.answers === 'object' &&
  value.answers !== null &&
  'mail' in value &&
  Array.isArray(value.mail);

/** The evidence of a file: saved evidence itself, or a recorded run that holds it. */
const readEvidence = async (file: string): Promise<SavedEvidence> => {
  const unusable = (why: { en: string; ja: string }): UsageError =>
    new UsageError({ en: `${file}: ${why.en}`, ja: `${file}: ${why.ja}` });
  let value: unknown;
  try {
    if ((await stat(file)).size > largestEvidence) {
      throw unusable({ en: 'too large for saved evidence', ja: '保存された証拠としては大きすぎます' });
    }
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unusable({ en: 'this is no readable JSON file', ja: 'JSON として読み取れません' });
  }
  const inner = typeof value === 'object' && value !== null && 'evidence' in value ? value.evidence : value;
  if (!isEvidence(inner)) {
    throw unusable({
      en: 'this holds no evidence of a crm-doctor run (runs/ID.json of the runbook does)',
      ja: 'crm-doctor の証拠データが入っていません（作業記録の runs/ID.json には入っています）',
    });
  }
  // A run of workflows asks nobody; without its files there is nothing to look at, which must not look like health.
  if (inner.command === 'workflow' || (inner.mail.length === 0 && (inner.crm ?? []).length === 0)) {
    throw unusable({
      en: 'this run looked at definitions, so there is no evidence to diagnose again; `crm-doctor report RUN` shows it, and `crm-doctor workflow` reads the definitions again',
      ja: '定義を調べた実行のため、診断し直す証拠がありません。結果は `crm-doctor report 実行` で表示でき、定義の検査は `crm-doctor workflow` でやり直せます',
    });
  }
  return inner;
};

const again = async (file: string, flags: CommonFlags, context: Context): Promise<number> => {
  const evidence = await readEvidence(resolve(context.io.cwd, file));
  const mailboxes = evidence.mail.map(({ config, path, label }) => subjectOf(config, path !== 'mail', label));
  const crms = (evidence.crm ?? []).map(
    (one): CrmSubject => ({ kind: 'crm', ...one, mailboxes: evidence.mail.map(({ config }) => config) }),
  );
  const { perform } = await import('../session.ts');
  const only = flags.only ?? globsIn(evidence.only);
  const skip = [...(flags.skip ?? []), ...globsIn(evidence.skip)];
  const { code } = await perform(
    {
      command: crms.length > 0 ? 'check' : 'mail',
      target: evidence.target,
      subjects: [...mailboxes, ...crms],
      sources: new Map(),
      offline: evidence.offline === true,
      world: replaying(evidence),
      keep: false,
    },
    { ...flags, only, skip },
    context,
  );
  return code;
};

const recorded = async (wanted: string, flags: CommonFlags, context: Context): Promise<number> => {
  const { io } = context;
  const formats = formatsOf(flags, Object.keys(reporters));
  const found = await openRunbook(runbookDirectory({ flag: flags.runbook, env: io.env })).run(wanted);
  switch (found.kind) {
    case 'found':
      return deliver(
        found.report,
        formats,
        renderOptions(flags, { ...context, language: found.report.run.language }, found.path),
        context,
      );
    case 'none':
      throw new UsageError({
        en:
          wanted === 'last'
            ? 'no run is recorded yet'
            : `no run ${wanted} is recorded; \`crm-doctor runbook list\` shows them`,
        ja:
          wanted === 'last'
            ? 'まだ記録された検査がありません'
            : `${wanted} という記録はありません。\`crm-doctor runbook list\` で一覧を表示できます`,
      });
    case 'ambiguous':
      throw new UsageError({
        en: `${wanted} fits several runs: ${found.ids.join(', ')}`,
        ja: `${wanted} に当てはまる記録が複数あります: ${found.ids.join('、')}`,
      });
    case 'unreadable':
      throw new UsageError({
        en: `${found.path} is no readable run`,
        ja: `${found.path} は検査の記録として読み取れません`,
      });
    case 'failed':
      throw new UsageError(found.text);
  }
};

export const command: CommandModule = {
  name: 'report',
  usage: '[run]',
  order: 50,
  summary: {
    en: 'render a recorded run again, or diagnose saved evidence',
    ja: '記録した検査を表示し直す、または保存した証拠を診断し直す',
  },
  examples: [
    'crm-doctor report',
    'crm-doctor report 20261124T0205 --format markdown',
    'crm-doctor report --from runs/20261124T020512Z-ab12cd.json',
  ],
  configure: (report: Command, context, done) => {
    report
      .argument(
        '[run]',
        { en: 'id, the beginning of an id, or last', ja: 'ID、ID の先頭部分、または last' }[context.language],
      )
      .option(
        '--from <file>',
        { en: 'diagnose the evidence in this file again', ja: 'ファイルの証拠をもう一度診断する' }[context.language],
      );
    addCommonFlags(report, context.language);
    report.action(async (run: string | undefined) => {
      const flags = report.opts<CommonFlags & { readonly from?: string }>();
      done(
        await guarded({ command: 'report', target: run ?? '' }, flags, context, () =>
          flags.from === undefined ? recorded(run ?? 'last', flags, context) : again(flags.from, flags, context),
        ),
      );
    });
  },
};
