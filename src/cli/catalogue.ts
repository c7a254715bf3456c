import type { CrmQuestion } from '../model/crm/answers.ts';
import { crmQuestions } from '../model/crm/answers.ts';
import type { Connector } from '../model/crm/connector.ts';
import type { Text } from '../model/text.ts';

/** What a thing is about: the first words of the commands that meet it. */
export type Area = 'mail' | 'crm' | 'sync' | 'workflow';

/** Something that can be named: a check, a cause, a rule or a CRM. */
export interface Row {
  readonly id: string;
  readonly title: Text;
  readonly areas: readonly Area[];
  /** The checks that a check waits for. */
  readonly needs?: readonly string[];
  /** How much a rule weighs unless the configuration says otherwise. */
  readonly severity?: string;
}

/** One row an id; who has it in two areas is in both. */
const distinct = (rows: readonly Row[]): readonly Row[] => {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    const before = byId.get(row.id);
    byId.set(row.id, before ? { ...before, areas: [...new Set([...before.areas, ...row.areas])] } : row);
  }
  return [...byId.values()];
};

const areaOf = (id: string): Area => {
  const [first] = id.split('.');
  return first === 'crm' || first === 'sync' || first === 'workflow' ? first : 'mail';
};

const byId = (left: Row, right: Row): number => (left.id < right.id ? -1 : 1);

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
export const connectorRow = ({ type, aliases = [], name, seen, answers, secretIs }: Connector): Row => {
  const asked = crmQuestions.filter((one) => one !== 'identity' && answers[one] === true);
  const words = (language: 'en' | 'ja') => [
    { en: 'version', ja: 'バージョン' }[language],
    ...asked.map((one) => (one === 'identity' ? '' : questionWords[one][language])),
    { en: 'records', ja: 'レコード' }[language],
  ];
  return {
    id: [type, ...aliases].join(', '),
    areas: ['crm'],
    title: {
      en: `${name} (${seenWords[seen].en}): ${words('en').join(', ')}. crm.secret: ${secretIs.en}`,
      ja: `${name}（${seenWords[seen].ja}）: ${words('ja').join('、')}。crm.secret: ${secretIs.ja}`,
    },
  };
};

export const connectorsOf = async (): Promise<readonly Connector[]> => {
  const { connectors } = await import('../crm/connectors.generated.ts');
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

/** Every check, cause and rule by name, without the CRMs, whose connectors are many. */
export const catalogue = async (): Promise<Readonly<Record<'checks' | 'causes' | 'rules', readonly Row[]>>> => {
  const [{ allCauses, allChecks }, { allSyncCauses }, { allRules }, { titles }, { syncChecks }] = await Promise.all([
    import('../../checks/registry.ts'),
    import('../../checks/all-sync-causes.ts'),
    import('../../checks/all-rules.ts'),
    import('./workflow/report.ts'),
    import('./sync/rows.ts'),
  ]);
  return {
    checks: distinct([
      ...allChecks.map(({ id, title, needs }) => ({
        id,
        title: checkWords[id] ?? title,
        areas: [areaOf(id)],
        needs: [...new Set(needs.map((need) => need.id))],
      })),
      ...syncChecks.map(({ id, title }) => ({ id, title, areas: [areaOf(id)] })),
      ...Object.entries(titles).map(([id, title]) => ({ id, title, areas: [areaOf(id)] })),
    ]),
    causes: distinct([
      ...allCauses.map(({ id, title, on }) => ({ id, title, areas: [on] })),
      ...allSyncCauses.map(({ id, title }): Row => ({ id, title, areas: ['sync'] })),
    ]).toSorted(byId),
    rules: allRules
      .map(({ id, title, severity }): Row => ({ id, title, severity, areas: ['workflow'] }))
      .toSorted(byId),
  };
};
