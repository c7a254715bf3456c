import type { Command } from 'commander';
import { toAscii } from '../../i18n/ascii.ts';
import { visible } from '../../i18n/visible.ts';
import { pad, width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Text } from '../../model/text.ts';
import { globMatcher } from '../../plan/glob.ts';
import { unmatched } from '../../plan/plan.ts';
import type { Row } from '../catalogue.ts';
import { catalogue, connectorRow, connectorsOf } from '../catalogue.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags, choiceOption } from '../flags.ts';
import { guarded } from '../report-error.ts';
import { eachMeant } from '../suggest.ts';

const kinds = ['checks', 'causes', 'rules', 'crms'] as const;
type Kind = (typeof kinds)[number];

const areas = ['mail', 'crm', 'sync', 'workflow'] as const;

interface ChecksFlags extends CommonFlags {
  readonly area?: (typeof areas)[number];
  readonly kind?: Kind;
}

const headings: Readonly<Record<Kind, Text>> = {
  checks: { en: 'Checks', ja: '検査' },
  causes: { en: 'Causes', ja: '原因' },
  rules: { en: 'Workflow rules', ja: 'ワークフローのルール' },
  crms: { en: 'CRMs', ja: '対応する CRM' },
};

const words = {
  kind: {
    en: 'one list only: checks, causes, rules or crms',
    ja: '1 種類だけ表示する: checks（検査）、causes（原因）、rules（ルール）、crms（対応する CRM）',
  },
  area: {
    en: 'one area only: mail, crm, sync or workflow',
    ja: '1 つの領域だけ表示する: mail、crm、sync、workflow',
  },
  needs: { en: 'after', ja: '前提' },
} as const satisfies Readonly<Record<string, Text>>;

type Lists = Readonly<Record<Kind, readonly Row[]>>;

/** Rules go by their short names too, as in `workflow --only`. */
const namesOf = ({ id }: Pick<Row, 'id'>): readonly string[] => [id, id.replace(/^workflow\.(?=\w+-)/, '')];

/** What the flags leave of the lists; a name that nothing has is a slip and said to be one. */
const chosen = (lists: Lists, { only = [], skip = [], area, kind }: ChecksFlags): Lists => {
  const known = kinds.flatMap((one) => lists[one].flatMap(namesOf).map((id) => ({ id })));
  const lost = unmatched([...only, ...skip], known);
  if (lost.length > 0) {
    const ids = [...new Set(known.map(({ id }) => id))];
    const near = eachMeant(lost, ids);
    throw new UsageError({
      en: `nothing is called ${near.en}`,
      ja: `${near.ja} という名前のものはありません`,
    });
  }
  const wanted = only.length === 0 ? () => true : globMatcher(only);
  const unwanted = globMatcher(skip);
  const fits = (row: Row): boolean =>
    namesOf(row).some(wanted) && !namesOf(row).some(unwanted) && (area === undefined || row.areas.includes(area));
  const left = (of: Kind): readonly Row[] => (kind === undefined || kind === of ? lists[of].filter(fits) : []);
  return { checks: left('checks'), causes: left('causes'), rules: left('rules'), crms: left('crms') };
};

const tableLines = (rows: readonly Row[], flags: ChecksFlags, context: Context): readonly string[] => {
  const { language } = context;
  const { columns, ascii, verbose } = renderOptions(flags, context);
  const clean = (text: string): string => visible(ascii ? toAscii(text) : text);
  const about = ({ title, needs = [], severity }: Row): string => {
    const more = verbose && needs.length > 0 ? [`${words.needs[language]}: ${needs.join(', ')}`] : [];
    const weight = verbose && severity !== undefined ? [severity] : [];
    const aside = [...weight, ...more].join('; ');
    return clean(aside === '' ? title[language] : `${title[language]} (${aside})`);
  };
  if (flags.plain) return rows.map((row) => `${row.id}: ${about(row)}`);
  const idWidth = Math.max(...rows.map(({ id }) => width(id)));
  const room = columns - idWidth - 4;
  return rows.flatMap((row) => {
    if (room < 24) {
      const under = wrap(about(row), columns - 4).map((line) => `    ${line}`);
      return [...wrap(row.id, columns - 2).map((line) => `  ${line}`), ...under];
    }
    return wrap(about(row), room).map((line, at) => `  ${pad(at === 0 ? row.id : '', idWidth)}  ${line}`.trimEnd());
  });
};

const list = async (flags: ChecksFlags, context: Context): Promise<number> => {
  const { language, io } = context;
  const [named, connectors] = await Promise.all([catalogue(), connectorsOf()]);
  const crms = connectors.map(connectorRow).toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const lists = chosen({ ...named, crms }, flags);
  if (flags.json) {
    const data = (rows: readonly Row[]) => rows.map(({ title, ...row }) => ({ ...row, title: title[language] }));
    const shown = new Set(lists.crms.map(({ id }) => id.split(', ')[0]));
    const all = {
      checks: data(lists.checks),
      causes: data(lists.causes),
      rules: data(lists.rules),
      crms: connectors
        .filter(({ type }) => shown.has(type))
        .map(({ type, name, seen, needs, secretIs, answers }) => ({
          id: type,
          title: name,
          seen,
          needs,
          secret: secretIs[language],
          answers: Object.fromEntries(
            Object.entries(answers).map(([question, offered]) => [
              question,
              offered === true ? true : offered[language],
            ]),
          ),
        })),
    };
    io.out.write(`${JSON.stringify(all, null, 2)}\n`);
    return 0;
  }
  for (const kind of kinds) {
    const rows = lists[kind];
    const asked = flags.kind === kind || (flags.kind === undefined && (rows.length > 0 || !filtered(flags)));
    if (!asked) continue;
    io.out.write(`${headings[kind][language]} (${rows.length})\n`);
    if (!flags.quiet)
      io.out.write(
        `${tableLines(rows, flags, context)
          .map((line) => `${line}\n`)
          .join('')}\n`,
      );
  }
  return 0;
};

const filtered = ({ only, skip, area }: ChecksFlags): boolean => [only, skip, area].some((one) => one !== undefined);

export const command: CommandModule = {
  name: 'checks',
  usage: '',
  order: 90,
  summary: {
    en: 'list the checks, causes, workflow rules and CRMs',
    ja: '検査、原因、ワークフローのルール、対応する CRM の一覧を表示する',
  },
  examples: [
    'crm-doctor checks',
    'crm-doctor checks --kind causes --area mail',
    "crm-doctor checks --only 'tls.*' 'mail.*-auth'",
    'crm-doctor checks --json',
  ],
  configure: (checks: Command, context, done) => {
    const say = (key: 'kind' | 'area'): string => words[key][context.language];
    checks
      .addOption(choiceOption('--kind <kind>', say('kind'), kinds))
      .addOption(choiceOption('--area <area>', say('area'), areas));
    addCommonFlags(checks, context.language);
    checks.action(async () => {
      const flags = checks.opts<ChecksFlags>();
      done(await guarded({ command: 'checks', target: '' }, flags, context, () => list(flags, context)));
    });
  },
};
