import type { CrmFailure, CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';

/** An answer with what could not be seen in it. */
export const answered = <Value>(value: Value, gaps: readonly Text[] = []): CrmReply<Value> => ({
  kind: 'answered',
  value,
  ...(gaps.length > 0 ? { gaps } : {}),
});

interface Part {
  readonly kind: string;
  readonly failure?: CrmFailure;
}

/** The parts of an answer that are not there: only a refusal is one of this login. */
export const unread = (parts: readonly Part[]): readonly Text[] => {
  const failures = parts.flatMap(({ failure }) => failure ?? []);
  const named = (wanted: boolean): string =>
    failures.flatMap(({ kind, what }) => ((kind === 'permission') === wanted ? [what] : [])).join(', ');
  const [refused, failed] = [named(true), named(false)];
  return [
    ...(refused === ''
      ? []
      : [{ en: `not readable with this login: ${refused}`, ja: `このログインでは読み取れません: ${refused}` }]),
    ...(failed === '' ? [] : [{ en: `not read: ${failed}`, ja: `読み取れませんでした: ${failed}` }]),
  ];
};
