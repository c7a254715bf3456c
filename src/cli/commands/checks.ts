import type { Command } from 'commander';
import { width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { CrmQuestion } from '../../model/crm/answers.ts';
import { crmQuestions } from '../../model/crm/answers.ts';
import type { Connector } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import type { CommandModule } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';

interface Row {
  readonly id: string;
  readonly title: Text;
}

const distinct = (rows: readonly Row[]): readonly Row[] =>
  rows.filter(({ id }, index) => rows.findIndex((row) => row.id === id) === index);

const noBorders = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((part) => [part, '']),
);

const questionWords: Readonly<Record<Exclude<CrmQuestion, 'identity'>, Text>> = {
  mail: { en: 'mail accounts', ja: 'メールアカウント' },
  jobs: { en: 'scheduled jobs', ja: '定期ジョブ' },
  queue: { en: 'outgoing queue', ja: '送信待ち' },
  log: { en: 'log', ja: 'ログ' },
  users: { en: 'users', ja: 'ユーザー' },
  schema: { en: 'fields and permissions', ja: '項目と権限' },
  workflows: { en: 'workflows', ja: 'ワークフロー' },
  runs: { en: 'their runs', ja: 'その実行記録' },
};

const seenWords: Readonly<Record<Connector['seen'], Text>> = {
  live: { en: 'tried on a real server', ja: '実際のサーバーで確認' },
  documented: {
    en: 'made after its documentation, not tried on a real one',
    ja: '資料に基づいて作成（実機では未確認）',
  },
};

/** What a connector can be asked, and how far that was seen on a real system. */
const connectorRow = ({ type, aliases = [], name, seen, answers, secretIs }: Connector): Row => {
  const asked = crmQuestions.filter((one) => one !== 'identity' && answers[one] === true);
  const words = (language: 'en' | 'ja') => [
    { en: 'version', ja: 'バージョン' }[language],
    ...asked.map((one) => (one === 'identity' ? '' : questionWords[one][language])),
    { en: 'records', ja: 'レコード' }[language],
  ];
  return {
    id: [type, ...aliases].join(', '),
    title: {
      en: `${name} (${seenWords[seen].en}): ${words('en').join(', ')}. crm.secret: ${secretIs.en}`,
      ja: `${name}（${seenWords[seen].ja}）: ${words('ja').join('、')}。crm.secret: ${secretIs.ja}`,
    },
  };
};

const connectorsOf = async (): Promise<readonly Connector[]> => {
  const { connectors } = await import('../../crm/connectors.generated.ts');
  const all = new Set<Connector>();
  // One after another: Jest's module cache does not take several at once that share a module.
  for (const load of Object.values(connectors)) all.add(await load());
  // The demo's own is no CRM that anybody has.
  return [...all].filter(({ type }) => type !== 'demo');
};

const checkWords: Readonly<Record<string, Text>> = {
  'mail.config': { en: 'The settings are well-formed', ja: '設定値が正しい形をしている' },
  'mail.dns': { en: 'Host names and mail records resolve', ja: 'ホスト名とメール用レコードの名前解決ができる' },
  'mail.port': { en: 'The ports answer', ja: 'ポートが応答する' },
  'mail.tls': {
    en: 'The connections are encrypted and the servers are the right ones',
    ja: '通信が暗号化され、サーバーが本物である',
  },
};

export const command: CommandModule = {
  name: 'checks',
  usage: '',
  order: 90,
  summary: {
    en: 'list the checks, causes, workflow rules and CRMs',
    ja: '検査、原因、ワークフローのルール、対応する CRM の一覧を表示する',
  },
  examples: ['crm-doctor checks', 'crm-doctor checks --json'],
  configure: (checks: Command, context, done) => {
    addCommonFlags(checks, context.language);
    checks.action(async () => {
      const flags = checks.opts<CommonFlags>();
      const [{ allCauses, allChecks }, { allSyncCauses }, { allRules }, { titles }, { syncChecks }, connectors] =
        await Promise.all([
          import('../../../checks/registry.ts'),
          import('../../../checks/all-sync-causes.ts'),
          import('../../../checks/all-rules.ts'),
          import('../workflow/report.ts'),
          import('../sync/rows.ts'),
          connectorsOf(),
        ]);
      const { language, io } = context;
      const titled = (id: string, title: Text): Row => ({ id, title: checkWords[id] ?? title });
      const lists = {
        checks: distinct([
          ...allChecks.map(({ id, title }) => titled(id, title)),
          ...syncChecks,
          ...Object.entries(titles).map(([id, title]) => ({ id, title })),
        ]),
        causes: distinct([...allCauses, ...allSyncCauses].map(({ id, title }) => ({ id, title }))).toSorted((a, b) =>
          a.id < b.id ? -1 : 1,
        ),
        rules: allRules.map(({ id, title }) => ({ id, title })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        crms: connectors.map(connectorRow).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      };
      if (flags.json) {
        const plain = (rows: readonly Row[]) => rows.map(({ id, title }) => ({ id, title: title[language] }));
        const crms = connectors.map(({ type, name, seen, needs, secretIs, answers }) => ({
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
        }));
        const all = { checks: plain(lists.checks), causes: plain(lists.causes), rules: plain(lists.rules), crms };
        io.out.write(`${JSON.stringify(all, null, 2)}\n`);
        done(0);
        return;
      }
      const { columns } = renderOptions(flags, context);
      const { default: Table } = await import('cli-table3');
      const idWidth = Math.max(
        ...[...lists.checks, ...lists.causes, ...lists.rules, ...lists.crms].map(({ id }) => width(id)),
      );
      const beside = columns - idWidth - 4 >= 24;
      const headings: Readonly<Record<keyof typeof lists, Text>> = {
        checks: { en: 'Checks', ja: '検査' },
        causes: { en: 'Causes', ja: '原因' },
        rules: { en: 'Workflow rules', ja: 'ワークフローのルール' },
        crms: { en: 'CRMs', ja: '対応する CRM' },
      };
      for (const kind of ['checks', 'causes', 'rules', 'crms'] as const) {
        io.out.write(`${headings[kind][language]} (${lists[kind].length})\n`);
        // The library's own wrapping loses Japanese, so that cells come wrapped; its colours would reach pipes.
        const table = new Table({
          chars: noBorders,
          style: { head: [], border: [], 'padding-left': 2, 'padding-right': 0 },
        });
        for (const { id, title } of lists[kind]) {
          const text = title[language];
          if (beside) table.push([id, wrap(text, columns - idWidth - 4).join('\n')]);
          else table.push([[id, ...wrap(text, columns - 4).map((line) => `  ${line}`)].join('\n')]);
        }
        io.out.write(`${table.toString().replace(/ +$/gm, '')}\n\n`);
      }
      done(0);
    });
  },
};
