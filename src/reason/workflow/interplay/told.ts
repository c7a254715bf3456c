import type { Text } from '../../../model/text.ts';
import type { Problem } from '../../../model/workflow/finding.ts';
import type { Deed } from './deeds.ts';

/** More of a long chain is not written out. */
const maximumSteps = 6;

const few = (names: readonly string[]): string => [...names.slice(0, 3), ...(names.length > 3 ? ['…'] : [])].join(', ');

/** What a deed does, in a few words: `writes Deal.stage`. */
export const deedText = ({ write: { operation, object = '?' }, fields }: Deed): Text => {
  const written = few(fields.map(({ name }) => `${object}.${name}`));
  switch (operation) {
    case 'create':
      return { en: `creates a ${object}`, ja: `${object} を作成` };
    case 'delete':
      return { en: `deletes a ${object}`, ja: `${object} を削除` };
    case 'update':
      return fields.length === 0
        ? { en: `changes a ${object}`, ja: `${object} を更新` }
        : { en: `writes ${written}`, ja: `${written} を更新` };
  }
};

/** `"a" writes Account.phone, which starts "b"; "b" writes …`; `last`: what starts in the end. */
export const chainText = (deeds: readonly Deed[], last: string): Text => {
  const shown = deeds.slice(0, maximumSteps);
  const cut = shown.length < deeds.length;
  const parts = shown.map((deed, at): Text => {
    const then = deeds[at + 1]?.workflow.id ?? last;
    const text = deedText(deed);
    return {
      en: `"${deed.workflow.id}" ${text.en}, which starts "${then}"`,
      ja: `「${deed.workflow.id}」が ${text.ja} → 「${then}」が起動`,
    };
  });
  return {
    en: `${parts.map(({ en }) => en).join('; ')}${cut ? ' …' : ''}`,
    ja: `${parts.map(({ ja }) => ja).join('、')}${cut ? ' …' : ''}`,
  };
};

/** The others of a chain, each at its own place. */
export const alsoOf = (deeds: readonly Deed[]): Problem['also'] =>
  deeds.slice(0, 10).map((deed) => {
    const { en, ja } = deedText(deed);
    return {
      place: deed.place,
      says: { en: `"${deed.workflow.id}" ${en} here`, ja: `「${deed.workflow.id}」がここで ${ja}` },
    };
  });
