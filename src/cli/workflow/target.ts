import { resolve } from 'node:path';
import type { LoadedConfig } from '../../config/read.ts';
import { findConfig, readConfig } from '../../config/read.ts';
import type { SecretSource } from '../../model/config.ts';
import type { CrmSubject } from '../../model/crm/subject.ts';
import { crmSubjectsOf } from '../../model/crm/subject.ts';
import type { Language } from '../../model/text.ts';
import type { LintSettings } from '../../workflow/lint/settings.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { lintSettings } from './settings.ts';

export interface WorkflowFlags {
  readonly schema?: string;
  readonly exclude?: readonly string[];
  readonly simulate?: string;
  readonly boundaries?: boolean;
  readonly baseline?: string;
  readonly fix?: boolean;
  readonly fixUnsafe?: boolean;
  readonly dryRun?: boolean;
  readonly map?: string;
  /** True: every configured CRM. */
  readonly crm?: string | true;
}

/** What is to be looked at, from the command line and the configuration; the first counts more. */
export interface WorkflowTarget {
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  readonly schema?: string;
  readonly simulate?: string;
  readonly objects: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly settings: LintSettings;
  readonly language?: Language;
  readonly runbook?: string;
  /** CRMs whose own definitions are looked at. */
  readonly crms: readonly CrmSubject[];
  readonly sources: ReadonlyMap<string, SecretSource>;
}

const crmsOf = (wanted: string | true | undefined, loaded: LoadedConfig | undefined): readonly CrmSubject[] => {
  if (wanted === undefined) return [];
  const all = loaded?.crm === undefined ? [] : crmSubjectsOf(loaded.crm);
  const chosen = wanted === true ? all : all.filter(({ name, config: { type } }) => (name ?? type) === wanted);
  if (chosen.length > 0) return chosen;
  const names = all.map(({ name, config: { type } }) => name ?? type);
  const file = loaded?.file ?? 'crm-doctor.yaml';
  throw new UsageError(
    names.length === 0
      ? { en: `${file} has no crm: section`, ja: `${file} に crm: の設定がありません` }
      : {
          en: `${file} has no CRM called ${String(wanted)}; it has ${names.join(', ')}`,
          ja: `${file} に ${String(wanted)} という CRM はありません。あるのは ${names.join('、')} です`,
        },
  );
};

const asList = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const nowOf = (loaded: LoadedConfig | undefined): Date => {
  const written = loaded?.config.workflow?.now;
  if (!loaded || written === undefined) return new Date();
  const now = new Date(written);
  if (!Number.isNaN(now.getTime())) return now;
  throw new UsageError({
    en: `${loaded.file}: workflow.now ${written} is no time; write 2026-11-21T09:00:00+09:00`,
    ja: `${loaded.file}: workflow.now の ${written} は日時として読めません。2026-11-21T09:00:00+09:00 のように書いてください`,
  });
};

/** Settings apply to whatever is named; without names the configuration says what is looked at. */
export const workflowTarget = async (
  named: readonly string[],
  flags: Pick<CommonFlags, 'config'> & WorkflowFlags,
  { io }: Context,
): Promise<WorkflowTarget> => {
  const file = await findConfig({
    ...(flags.config === undefined ? {} : { explicit: flags.config }),
    cwd: io.cwd,
    env: io.env,
  });
  const read = async (uses: readonly string[]) => (file === undefined ? undefined : readConfig(file, io.env, { uses }));
  const loaded = await read(['workflow']);
  const section = loaded?.config.workflow;
  // Who asks for the CRM's own definitions asks for nothing else.
  const paths = named.length > 0 || flags.crm !== undefined ? named : asList(section?.files);
  const wanted = flags.crm ?? (named.length > 0 ? undefined : section?.crm);
  // Only then do the variables of the CRM's section matter.
  const withCrm = wanted === undefined ? loaded : await read(['workflow', 'crm']);
  const crms = crmsOf(wanted, withCrm);
  if (paths.length === 0 && crms.length === 0) {
    throw new UsageError({
      en: `nothing to look at: name files or folders (crm-doctor workflow ./workflows), or write workflow.files into ${file ?? 'crm-doctor.yaml'}`,
      ja: `検査するファイルがありません。ファイルかフォルダーを指定する（crm-doctor workflow ./workflows）か、${file ?? 'crm-doctor.yaml'} の workflow.files に書いてください`,
    });
  }
  const given = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(io.cwd, path);
  const schema = given(flags.schema) ?? section?.schema;
  const simulate = given(flags.simulate) ?? section?.simulate;
  return {
    paths,
    crms,
    sources: withCrm?.secrets ?? new Map(),
    exclude: [...(section?.exclude ?? []), ...(flags.exclude ?? [])],
    ...(schema === undefined ? {} : { schema }),
    ...(simulate === undefined ? {} : { simulate }),
    objects: section?.objects ?? {},
    now: nowOf(loaded),
    settings: lintSettings(loaded, file ?? ''),
    ...(loaded?.language === undefined ? {} : { language: loaded.language }),
    ...(loaded?.runbook === undefined ? {} : { runbook: loaded.runbook }),
  };
};
