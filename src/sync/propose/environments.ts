import type { Side } from '../../model/sync/side.ts';
import type { Text } from '../../model/text.ts';
import { escapeControls } from '../../reason/escape.ts';
import { type Prefixes, prefixesApart } from '../../reason/rows/key-prefix.ts';
import type { Judged } from './judge.ts';
import type { LookedSide } from './keys.ts';

type Sides = Readonly<Record<Side, LookedSide>>;

/** Of fewer keys their beginning says nothing. */
const fewest = 100;

/** Of the first rows of a side, the values of its only key column, where no two have the same. */
const keysOf = ({ meeting }: Judged, side: Side, { side: { head } }: LookedSide): readonly string[] => {
  const { looks, kind } = meeting[side];
  const [look, ...more] = looks;
  if (!look || more.length > 0 || kind !== 'id') return [];
  const keys = head.map((row) => row[look.at] ?? '').filter((value) => value !== '');
  return new Set(keys).size === keys.length ? keys : [];
};

const wordsOf = ({ left, right }: Prefixes): Text => {
  const [ours, theirs] = [escapeControls(left), escapeControls(right)];
  return {
    en: `the ids are unique and of one length, but begin with ${ours} on the left and with ${theirs} on the right: two environments (production and a sandbox, two tenants) look so. Check which one each side is connected to`,
    ja: `どちらも一意で同じ長さの ID ですが、先頭が左側では ${ours}、右側では ${theirs} です。本番環境と Sandbox など、別の環境のデータの可能性があります。両側の接続先を確認してください`,
  };
};

/** Of keys that will not do, why: first those that tell two installations of one system apart. */
export const withEnvironments = (
  failed: readonly Judged[],
  sides: Sides,
): readonly { readonly judged: Judged; readonly why: readonly Text[] }[] => {
  const told = failed.map((judged) => {
    const [left, right] = [keysOf(judged, 'left', sides.left), keysOf(judged, 'right', sides.right)];
    const prefixes = Math.min(left.length, right.length) < fewest ? undefined : prefixesApart(left, right);
    return { judged, apart: prefixes !== undefined, why: [...(prefixes ? [wordsOf(prefixes)] : []), ...judged.why] };
  });
  return told.toSorted((a, b) => Number(b.apart) - Number(a.apart));
};
