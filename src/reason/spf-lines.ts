import type { SpfNode, SpfTerm } from '../model/policy-facts.ts';
import type { Text } from '../model/text.ts';
import { verbatim } from '../model/text.ts';

/** Why a record has no terms to show. */
const stateWords: Readonly<Record<Exclude<SpfNode['state'], 'record'>, Text>> = {
  none: { en: 'no SPF record', ja: 'SPF レコードなし' },
  several: { en: 'several SPF records', ja: 'SPF レコードが複数' },
  syntax: { en: 'cannot be read', ja: '書式エラー' },
  unreachable: { en: 'the DNS did not answer', ja: 'DNS の応答なし' },
  loop: { en: 'leads back to itself', ja: '参照が循環' },
  'not-followed': { en: 'not looked up', ja: '未確認' },
};

/** Why nobody can say what a term allows. */
const openWords: Readonly<Record<NonNullable<SpfTerm['open']>, Text>> = {
  'needs-address': { en: 'depends on the sender of the message', ja: '送信元ごとに決まる' },
  dns: { en: 'the DNS did not answer', ja: 'DNS の応答なし' },
  'too-many-mx': { en: 'more than 10 MX hosts', ja: 'MX が 10 件を超過' },
  'not-followed': { en: 'not looked up', ja: '未確認' },
  'bad-domain': { en: 'no domain name', ja: 'ドメイン名として無効' },
};

const nothingThere: Text = { en: 'nothing there', ja: '該当レコードなし' };

const bracketed = ({ en, ja }: Text): Text => ({ en: `(${en})`, ja: `(${ja})` });

const columns = (parts: readonly Text[], depth: number): Text => {
  const line = (language: keyof Text): string =>
    `${'  '.repeat(depth)}${parts.map((part) => part[language]).join('  ')}`;
  return { en: line('en'), ja: line('ja') };
};

/** Addresses of one term that are written out. */
const mostAddresses = 8;

const notesOf = ({ name, networks = [], open, node, ...term }: SpfTerm): readonly Text[] => [
  ...(name === 'a' || name === 'mx' ? networks.slice(0, mostAddresses).map(verbatim) : []),
  ...((name === 'a' || name === 'mx') && networks.length > mostAddresses ? [verbatim('…')] : []),
  ...(term.void ? [bracketed(nothingThere)] : []),
  ...(open ? [bracketed(openWords[open])] : []),
  ...(node && node.state !== 'record' ? [bracketed(stateWords[node.state])] : []),
];

/** The tree, each record below the term that leads to it; `#3`: the third of the ten lookups that receivers make. */
export const spfLines = (tree: SpfNode): readonly Text[] => {
  let lookups = 0;
  const linesOf = (node: SpfNode, depth: number): readonly Text[] =>
    node.terms.flatMap((term) => {
      if (term.lookup) lookups += 1;
      const count = term.lookup ? [verbatim(`#${lookups}`)] : [];
      const line = columns([verbatim(term.text), ...count, ...notesOf(term)], depth);
      return term.node ? [line, ...linesOf(term.node, depth + 1)] : [line];
    });
  const state = tree.state === 'record' ? [] : [bracketed(stateWords[tree.state])];
  return [columns([verbatim(tree.domain), ...state], 0), ...linesOf(tree, 1)];
};
