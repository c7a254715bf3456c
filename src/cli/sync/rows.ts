import type { CheckReport, CheckStatus } from '../../model/report.ts';
import type { SyncProposal } from '../../model/sync/proposal.ts';
import type { SourceFacts, SourceFailure, SourceNote } from '../../model/sync/source.ts';
import { grouped, type Language, type Text } from '../../model/text.ts';
import { couldNotCheck, sourceFailureWords } from './failure-words.ts';
import { transferWords, type Way } from './transfer.ts';

/** The checks of one comparison, in their order. */
export const syncChecks: readonly { readonly id: string; readonly title: Text }[] = [
  { id: 'sync.sources', title: { en: 'Both sides can be read', ja: '両側を読み取れる' } },
  { id: 'sync.schema', title: { en: 'The records fit the other side', ja: 'レコードが相手側の条件を満たす' } },
  { id: 'sync.compare', title: { en: 'The records of both sides agree', ja: '両側のレコードが一致する' } },
  { id: 'sync.duplicates', title: { en: 'No record is there twice', ja: '重複レコードがない' } },
  { id: 'sync.schedule', title: { en: 'The sync runs as it should', ja: '同期が予定どおりに動いている' } },
];

export const syncCheckIds: readonly string[] = syncChecks.map(({ id }) => id);

/** What a check came to, before it is told. */
export interface Row {
  readonly status: CheckStatus;
  readonly says: Text;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly because?: Text;
}

export const rowOf = (
  id: string,
  { mailbox, target, language, ms }: { mailbox: string; target: string; language: Language; ms: number },
  { status, says, facts, because }: Row,
): CheckReport => ({
  id,
  mailbox,
  target,
  title: syncChecks.find((one) => one.id === id)?.title[language] ?? id,
  status,
  summary: says[language],
  durationMs: Math.round(ms),
  evidence: facts ? [{ ...facts, fact: id }] : [],
  ...(because ? { skippedBecause: because[language] } : {}),
});

export const failedRow = (failure: SourceFailure): Row => ({
  status: couldNotCheck(failure) ? 'unknown' : 'fail',
  says: sourceFailureWords(failure),
  facts: { failure },
});

/** A side has no column of the key's name: which ones it has, and how its own is named. */
export const noKeyRow = (failure: SourceFailure): Row => {
  const row = failedRow(failure);
  return {
    ...row,
    says: {
      en: `${row.says.en}; where the columns of the sides are called differently, name both: --key LEFT=RIGHT, or key: { left, right } in the file`,
      ja: `${row.says.ja}。左右で列名が異なる場合は、--key 左の列=右の列（設定ファイルでは key: { left, right }）と指定してください`,
    },
  };
};

export const notAsked: Row = {
  status: 'skip',
  says: { en: 'not asked for', ja: '対象外の指定です' },
  because: { en: '--only or --skip', ja: '--only または --skip' },
};

export const needsNetwork: Row = {
  status: 'skip',
  says: { en: 'needs the network', ja: 'ネットワークが必要です' },
  because: { en: '--offline', ja: '--offline' },
};

/** Two large tables are compared in their databases, and asking this would bring all of their rows over. */
export const rowsStay: Row = {
  status: 'skip',
  says: {
    en: 'the tables are compared in their databases; this would read all of their rows (engine: local does)',
    ja: 'テーブルはデータベース側で比べています。この検査には全行の読み取りが必要です（engine: local を指定すると行います）',
  },
  because: { en: 'the rows stay where they are', ja: '行を読み取っていません' },
};

const keyName = (left: readonly string[], right: readonly string[]): string =>
  left.map((name, at) => (name === right[at] ? name : `${name} = ${right[at] ?? ''}`)).join(' + ');

/** The key that the data proposes, with what speaks for it; or why there is none, with the ones that come nearest. */
export const proposalRow = ({ key, otherKeys, fields, failedKeys }: SyncProposal): Row => {
  if (key) {
    const name = keyName(key.left, key.right);
    const rules = key.rules.length === 0 ? '' : ` (${key.rules.join(', ')})`;
    const sure = Math.round(100 * key.confidence);
    const of = key.evidence[0] ?? { en: '', ja: '' };
    const others = otherKeys.slice(0, 2).map((other) => keyName(other.left, other.right));
    const also =
      others.length === 0
        ? { en: '', ja: '' }
        : { en: `; ${others.join(' and ')} would do as well`, ja: `。${others.join('、')} もキーとして使えます` };
    return {
      status: 'pass',
      says: {
        en: `no key is given; the data says ${name}${rules}, ${sure} % sure: ${of.en}; ${fields.length} columns belong together${also.en}`,
        ja: `キーの指定がないため、データから ${name}${rules} と判断しました（確からしさ ${sure} %: ${of.ja}）。対応する列は ${fields.length} 列です${also.ja}`,
      },
      facts: { key, fields },
    };
  }
  const [nearest] = failedKeys;
  const why = nearest?.why[0];
  return {
    status: 'unknown',
    says: {
      en: `no key is given, and the data shows none that is good enough${nearest && why ? ` (${keyName(nearest.left, nearest.right)}: ${why.en})` : ''}; say which column tells the records apart: --key id, or --key id=crm_id`,
      ja: `キーの指定がなく、データからも十分なキーが見つかりません${nearest && why ? `（${keyName(nearest.left, nearest.right)}: ${why.ja}）` : ''}。レコードを見分ける列を --key id や --key id=crm_id のように指定してください`,
    },
    facts: { failedKeys },
  };
};

export const readAfterAll = (why: Text, sides: readonly SourceFacts[]): Row => {
  const over = sides.map((facts) => transferWords(facts, { kind: 'read' }));
  return {
    status: 'pass',
    says: {
      en: `both tables are read whole: ${why.en}${over.map(({ en }) => en).join('')}`,
      ja: `両方のテーブルの全行を読み取ります: ${why.ja}${over.map(({ ja }) => ja).join('')}`,
    },
  };
};

/** What was asked of a cluster is not done here instead without a word: it may be far too much for this machine. */
export const engineRefuses = (why: Text): Row => ({
  status: 'fail',
  says: {
    en: `engine: { clickhouse } cannot compare them: ${why.en}`,
    ja: `engine: { clickhouse } では比較できません: ${why.ja}`,
  },
});

/** The same where this program can do it. */
export const engineLeaves = ({ en, ja }: Text): Row =>
  engineRefuses({
    en: `${en}; without engine: this program reads both tables and compares them itself`,
    ja: `${ja}。engine: を外すと、本プログラムが両方のテーブルを読み取って比べます`,
  });

export const manyToSearch = (rows: number): Row => ({
  status: 'skip',
  says: {
    en: `a search among ${grouped(rows)} records takes minutes; --only sync.duplicates does it`,
    ja: `${grouped(rows)} 件の重複検索には数分かかるため行っていません。--only sync.duplicates で実行できます`,
  },
  because: { en: 'very many records', ja: '件数が非常に多いため' },
});

export const waitsFor = (id: string): Row => ({
  status: 'skip',
  says: { en: `waits for ${id}`, ja: `${id} の結果が前提です` },
  because: { en: id, ja: id },
});

/** Notes after which fewer records, or other ones, were read than a person believes. */
const grave: ReadonlySet<SourceNote['id']> = new Set([
  'truncated-last-record',
  'row-limit',
  'mixed-encoding',
  'undecodable',
  'duplicate-header',
  'file-missing',
]);

export const sourceRow = (
  facts: SourceFacts,
  way: Way,
  filtered?: { readonly kept: number; readonly leftOut: number },
): Row => {
  const over = transferWords(facts, way);
  const { format, encoding, columns, rows, notes } = facts;
  const of = [format, ...(encoding === undefined ? [] : [encoding])].join(', ');
  const graveOnes = notes.filter(({ id }) => grave.has(id));
  const count: Text =
    rows === undefined
      ? { en: '', ja: '' }
      : {
          en: `, ${rows.exact ? '' : 'about '}${grouped(rows.count)} records`,
          ja: `、${rows.exact ? '' : '約 '}${grouped(rows.count)} 件`,
        };
  const by: Text =
    filtered === undefined
      ? { en: '', ja: '' }
      : {
          en: `; the filter keeps ${grouped(filtered.kept)} of ${grouped(filtered.kept + filtered.leftOut)}`,
          ja: `（絞り込みで ${grouped(filtered.kept + filtered.leftOut)} 件中 ${grouped(filtered.kept)} 件）`,
        };
  const en = `${of}, ${columns.length} columns${count.en}${by.en}${over.en}`;
  const ja = `${of}、${columns.length} 列${count.ja}${by.ja}${over.ja}`;
  return {
    status: graveOnes.length > 0 || filtered?.kept === 0 ? 'warn' : 'pass',
    says: {
      en: [en, ...graveOnes.map(({ says }) => says.en)].join('. '),
      ja: [ja, ...graveOnes.map(({ says }) => says.ja)].join('。').replaceAll('。。', '。'),
    },
    facts: {
      ...facts,
      columns: columns.slice(0, 200),
      ...(facts.constraints ? { constraints: facts.constraints.slice(0, 100) } : {}),
    },
  };
};
