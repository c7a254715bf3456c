import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, SeenRow } from '../../src/model/sync/view.ts';
import { grouped } from '../../src/model/text.ts';
import { keyOf } from '../../src/reason/rows/fields.ts';
import { type Prefixes, prefixesApart } from '../../src/reason/rows/key-prefix.ts';
import { matchesAmong } from '../../src/reason/rows/matches.ts';
import { wordIn } from '../../src/reason/rows/said.ts';

const keysOf = (view: ComparisonView, rows: readonly SeenRow[]): readonly string[] =>
  rows.flatMap((row) => keyOf(view, row) ?? []);

const isAlike = (view: ComparisonView, a: SeenRow, b: SeenRow): boolean => {
  const told = view.columns.filter(({ at, key }) => !key && a.values[at] !== '' && b.values[at] !== '');
  return told.length > 0 && 2 * told.filter(({ at }) => a.values[at] === b.values[at]).length >= told.length;
};

const found = (view: ComparisonView): readonly { readonly params: Prefixes }[] => {
  const { left, right, matched } = view.counts;
  if (matched > 0.05 * Math.min(left, right) || view.missing.length < 100 || view.extra.length < 100) return [];
  const [ours, theirs] = [keysOf(view, view.missing), keysOf(view, view.extra)];
  const prefixes = prefixesApart(ours, theirs);
  if (!prefixes) return [];
  // The same records under keys of another prefix are a matter of the key.
  const rest = new Map(view.extra.map((row) => [(keyOf(view, row) ?? '').slice(prefixes.right.length), row]));
  const joined = view.missing.filter((row) => {
    const other = rest.get((keyOf(view, row) ?? '').slice(prefixes.left.length));
    return other !== undefined && isAlike(view, row, other);
  }).length;
  const known = view.missing.filter((row) => matchesAmong(view, 'extra', row)).length;
  return joined > 0.05 * ours.length || known > 0.05 * view.missing.length ? [] : [{ params: prefixes }];
};

const populations = ['missing', 'extra'] as const;

export const wrongEnvironment = defineSyncCause({
  id: 'sync.wrong-environment',
  title: {
    en: 'The two sides belong to different environments',
    ja: '両側で別の環境のデータを比較しています',
  },
  about: {
    en: 'One side is connected to production and the other to a sandbox, a test tenant or another company. Their ids have the same form and another beginning, and hardly any record is on both.',
    ja: '一方が本番環境、他方が Sandbox やテスト環境、別会社のテナントに接続されています。ID の形式は同じでも先頭が異なり、両側に共通するレコードがほとんどありません。',
  },
  owner: 'crm-admin',
  atOnce: ['missing', 'extra'],
  unless: ['sync.key-format', 'sync.key-15-vs-18'],
  hypotheses: populations.map((population) =>
    rowsHypothesis<Prefixes>({
      effect: 'wrong',
      population,
      // There are hardly any present rows to hold it against: that is the sign.
      ownChance: true,
      propose: found,
      holds: (row, prefixes, view) =>
        keyOf(view, row)?.startsWith(population === 'missing' ? prefixes.left : prefixes.right) === true,
    }),
  ),
  because: ({ main: { detail }, fact }) => ({
    en: `Only ${grouped(fact.counts.matched)} of ${grouped(Math.min(fact.counts.left, fact.counts.right))} keys are on both sides. Keys have the same length, but begin with ${wordIn(detail.left)} on the left and with ${wordIn(detail.right)} on the right, and hardly any e-mail or telephone is on both: these are two environments.`,
    ja: `両側に共通するキーは ${grouped(Math.min(fact.counts.left, fact.counts.right))} 件中 ${grouped(fact.counts.matched)} 件だけです。キーの長さは同じですが、先頭が左側では ${wordIn(detail.left)}、右側では ${wordIn(detail.right)} で、メールアドレスや電話番号もほとんど共通しません。別の環境のデータです。`,
  }),
  steps: () => [
    {
      en: 'Check the address, the tenant and the login that each side of this comparison, and the job itself, are connected to.',
      ja: 'この比較の両側と連携ジョブについて、接続先の URL、テナント、ログインユーザーを確認します。',
    },
    {
      en: 'Point both to the same environment before anything is repaired: a full sync now would mix the data of both.',
      ja: '修正の前に、両方を同じ環境に向けます。このまま全件同期を行うと、両環境のデータが混ざります。',
    },
  ],
});
