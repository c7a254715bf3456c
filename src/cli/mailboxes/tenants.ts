import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { visible } from '../../i18n/visible.ts';
import type { CheckReport, Report } from '../../model/report.ts';
import { statusOf, summaryOf } from '../../model/report.ts';
import { exitCodeOf } from '../../prove/assemble.ts';
import { groupsOf } from '../../reason/groups.ts';
import type { RenderOptions } from '../../report/reporter.ts';
import { reporters } from '../../report/reporters.generated.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { fileNameOf } from '../file-name.ts';
import type { WantedFormat } from '../flags.ts';
import { whyUnwritten } from '../unwritten.ts';

/** Names of failed checks that nothing explains, of those that are among these checks. */
export const unexplainedIn = (checks: readonly CheckReport[], unexplained: readonly string[]): readonly string[] => {
  const failed = new Set(checks.flatMap(({ id, target, status }) => (status === 'fail' ? [`${id} ${target}`] : [])));
  return unexplained.filter((name) => failed.has(name));
};

/** The part of a report that is about these mailboxes, and nothing of the others. */
const ofMailboxes = (
  report: Report,
  names: ReadonlySet<string>,
  tenant: string | undefined,
  failOn: 'warn' | 'fail',
): Report => {
  const own = <Item extends { readonly mailbox: string }>(items: readonly Item[]): readonly Item[] =>
    items.filter(({ mailbox }) => names.has(mailbox));
  const checks = own(report.checks);
  const diagnoses = own(report.diagnoses);
  const unexplained = unexplainedIn(checks, report.unexplained);
  const status = statusOf(checks);
  const { schema, tool, run, many } = report;
  return {
    schema,
    tool,
    run: { ...run, target: tenant ?? run.target },
    status,
    summary: summaryOf(checks),
    checks,
    diagnoses,
    unexplained,
    // Forecasts do not say whose they are.
    prevention: [],
    many: {
      mailboxes: names.size,
      disabled: 0,
      ...(tenant === undefined ? {} : { tenant }),
      ...(many?.shard ? { shard: many.shard } : {}),
      groups: groupsOf({ checks, diagnoses, unexplained }),
      withEvidence: many?.withEvidence ?? 0,
    },
    exitCode: exitCodeOf(status, failOn, run.interrupted),
  };
};

const endings: Readonly<Record<string, string>> = {
  text: 'txt',
  markdown: 'md',
  github: 'txt',
  nagios: 'txt',
  junit: 'xml',
  openmetrics: 'prom',
  sarif: 'sarif.json',
};

const withoutTenant = '_no-tenant';

/** Writes a report for each tenant into a folder, in each wanted format. */
export const writeTenants = async (
  report: Report,
  directory: string,
  formats: readonly WantedFormat[],
  {
    options,
    failOn,
    context,
  }: { readonly options: RenderOptions; readonly failOn: 'warn' | 'fail'; readonly context: Context },
): Promise<void> => {
  const tenants = Object.entries(report.many?.tenants ?? {});
  const known = new Set(tenants.flatMap(([, names]) => names));
  const rest = new Set(report.checks.map(({ mailbox }) => mailbox).filter((name) => !known.has(name)));
  const all: readonly (readonly [string, Report])[] = [
    ...tenants.map(
      ([tenant, names]) => [fileNameOf(tenant), ofMailboxes(report, new Set(names), tenant, failOn)] as const,
    ),
    ...(rest.size > 0 ? [[withoutTenant, ofMailboxes(report, rest, undefined, failOn)] as const] : []),
  ];
  const names = [...new Set(formats.map(({ name }) => name))].filter((name) => name !== 'text' || formats.length === 1);
  const wanted = names.length === 1 && names[0] === 'text' ? ['html', 'json'] : names;
  try {
    await mkdir(directory, { recursive: true });
    for (const name of wanted) {
      const reporter = await reporters[name]?.();
      if (!reporter) continue;
      for (const [file, part] of all) {
        const path = join(directory, `${file}.${endings[name] ?? name}`);
        await writeFile(path, reporter.render(part, { ...options, colour: false }));
      }
    }
  } catch (error) {
    const { en, ja } = whyUnwritten(error);
    throw new UsageError({
      en: `the reports of the tenants could not be written: ${en}`,
      ja: `テナントごとのレポートを書き込めませんでした: ${ja}`,
    });
  }
  const { io, language } = context;
  const said = {
    en: `${all.length} reports of tenants are in ${visible(directory)}`,
    ja: `テナントごとのレポート ${all.length} 件を ${visible(directory)} に書き込みました`,
  };
  io.err.write(`crm-doctor: ${said[language]}\n`);
};
