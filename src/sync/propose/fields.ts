import type { ColumnRole, ColumnType } from '../../model/sync/column.ts';
import type { IgnoredField, ProposedField } from '../../model/sync/proposal.ts';
import { grouped, type Text } from '../../model/text.ts';
import { wilson } from '../../reason/rows/statistics.ts';
import { dated, roleOfHeaders } from '../mapping/roles.ts';
import { type Agreement, agreements, type Forms, sharedType } from './agreement.ts';
import type { Look } from './looks.ts';
import type { Match } from './match.ts';
import type { JoinedRow } from './meeting.ts';
import { isZoneless, timesApart } from './times.ts';

const roleOf = ({ left, right }: Pick<Match, 'left' | 'right'>): ColumnRole | undefined =>
  roleOfHeaders(left.header, right.header, [left.type, right.type]);

/** The type that is worth writing down: text is what a column is without one. */
const typeOf = ({ left, right }: Match, role: ColumnRole | undefined): ColumnType | undefined => {
  if (role === 'owner' || role === 'created-by') return 'reference';
  const type = sharedType(left, right);
  // One side's times without their hours are dates.
  if (left.type === 'timestamp' && right.type === 'date') return 'timestamp';
  return type === 'text' ? undefined : type;
};

const nameWords = ({ left, right, like }: Match): Text => {
  if (left.name === right.name) return { en: 'the names are the same', ja: '列名が同じです' };
  if (like >= 0.75) return { en: 'the names mean the same', ja: '列名の意味が同じです' };
  if (like > 0) return { en: 'the names are in part alike', ja: '列名が部分的に似ています' };
  return { en: 'the names have nothing in common', ja: '列名に共通点はありません' };
};

const valueWords = ({ n, equal, same, chance }: Agreement): Text => {
  const notation = equal > same;
  return {
    en: `equal in ${grouped(equal)} of ${grouped(n)} joined rows${notation ? ` (${grouped(same)} to the letter)` : ''}${chance > 0.2 ? `; ${Math.round(100 * chance)} % would be so by chance` : ''}`,
    ja: `結び付いた ${grouped(n)} 行中 ${grouped(equal)} 行で一致${notation ? `（うち表記まで同じものは ${grouped(same)} 行）` : ''}${chance > 0.2 ? `。偶然でも ${Math.round(100 * chance)} % は一致します` : ''}`,
  };
};

const clamp = (value: number): number => Number(Math.min(0.99, Math.max(0.05, value)).toFixed(2));

const confidenceOf = ({ like, margin, left, right }: Match, found: Agreement | undefined): number => {
  const doubt = margin < 0.15 ? 0.25 * (1 - margin / 0.15) : 0;
  const unlike = left.type !== undefined && right.type !== undefined && left.type !== right.type ? 0.1 : 0;
  if (found?.lift === undefined || found.n < 3) return clamp(0.65 * like - doubt - unlike);
  const { low } = wilson(found.equal, found.n);
  // What names and values say alone leaves room for what the other one says.
  const byValue = found.lift * low;
  return clamp(1 - (1 - 0.92 * byValue) * (1 - 0.6 * like) - doubt - unlike);
};

interface FoundFields {
  readonly fields: readonly ProposedField[];
  readonly ignored: readonly IgnoredField[];
  readonly zoneless: Readonly<Record<'left' | 'right', readonly string[]>>;
}

/** More would only be counted: of 2,000 a share is known to 2 %. */
export const rowsLooked = 2_000;

/** The pairs of columns as they are written into the configuration, each with how sure it is and why. */
export const fieldsOf = (
  matches: readonly Match[],
  own: readonly Match[],
  joined: readonly JoinedRow[],
  forms: Forms,
): FoundFields => {
  const agreementOf = joined.length > 0 ? agreements(joined, forms) : undefined;
  const ignored: IgnoredField[] = own.map(({ left, right, found }) => ({
    left: left.name,
    right: right.name,
    why: {
      en: `each system's own: equal in ${grouped(found?.equal ?? 0)} of ${grouped(found?.n ?? 0)} joined rows`,
      ja: `各システムが独自に採番する値です。結び付いた ${grouped(found?.n ?? 0)} 行中、一致は ${grouped(found?.equal ?? 0)} 行です`,
    },
  }));
  const zoneless: Record<'left' | 'right', string[]> = { left: [], right: [] };
  const known = ({ filled }: Look): boolean => filled > 0;
  const agreementIn = (left: Look, right: Look): Agreement | undefined =>
    known(left) && known(right) ? agreementOf?.(left, right) : undefined;
  const fields = matches.flatMap((match): readonly ProposedField[] => {
    const { left, right } = match;
    const found = match.rows === joined.length ? match.found : agreementIn(left, right);
    const role = roleOf(match);
    const type = typeOf(match, role);
    const times = dated.includes(type) ? timesApart(joined, left, right) : undefined;
    if (times?.kind === 'own' && (role === 'updated-at' || role === 'created-at')) {
      ignored.push({ left: left.name, right: right.name, why: times.says });
      return [];
    }
    if (type === 'timestamp')
      for (const side of ['left', 'right'] as const)
        if (isZoneless(joined, side, match[side])) zoneless[side].push(match[side].name);
    const close =
      match.margin < 0.1
        ? [
            {
              en: 'another column is nearly as like: look at it',
              ja: '同程度に似た列が他にもあるため、確認してください',
            },
          ]
        : [];
    return [
      {
        left: left.name,
        right: right.name,
        ...(type === undefined ? {} : { as: type }),
        ...(role === undefined ? {} : { role }),
        ...(times?.kind === 'near' ? { tolerance: times.tolerance } : {}),
        confidence: confidenceOf(match, times?.kind === 'near' ? undefined : found),
        evidence: [
          nameWords(match),
          ...(found && found.n > 0 ? [valueWords(found)] : []),
          ...(times && 'says' in times ? [times.says] : []),
          ...close,
        ],
      },
    ];
  });
  return { fields, ignored, zoneless };
};
