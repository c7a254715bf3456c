import type { Text } from '../../model/text.ts';
import { type Complain, onlyKeys, textIn, wrongValue } from './expect.ts';
import { entryOf, type TreeNode } from './tree.ts';

const aLabel: Text = { en: 'a text, or { en: …, ja: … }', ja: '文字列、または { en: …, ja: … }' };

/** A label is one text for both languages, or one of each. */
export const labelOf = (
  node: TreeNode,
  complain: Complain,
): { readonly en?: string; readonly ja?: string } | undefined => {
  if (node.kind === 'scalar') {
    const text = textIn(node, 'label', complain);
    return text === undefined ? undefined : { en: text, ja: text };
  }
  if (node.kind === 'list') {
    complain(wrongValue('label', aLabel, node));
    return undefined;
  }
  onlyKeys(node, ['en', 'ja'], { en: 'a label', ja: 'ラベル' }, complain);
  const [en, ja] = (['en', 'ja'] as const).map((key) => {
    const text = entryOf(node, key)?.value;
    return text && textIn(text, key, complain);
  });
  return { ...(en === undefined ? {} : { en }), ...(ja === undefined ? {} : { ja }) };
};
