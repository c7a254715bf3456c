import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { type RowsHypothesis, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { fieldsOn, type SideField, valueOn } from '../../src/reason/rows/fields.ts';

const deletedNames =
  /^(?:is_?)?(?:deleted|archived|removed|in_?trash|trashed|disabled|invalid|void)(?:_?(?:at|on|date|flag|flg))?$|^hs_archived$|^del(?:ete)?_?(?:flag|flg)$|削除|アーカイブ|無効|廃止|使用停止|利用停止|取引停止/i;
const activeNames =
  /^(?:is_?)?(?:active|enabled|valid)(?:_?(?:flag|flg))?$|^有効(?:$|区分|フラグ|ﾌﾗｸﾞ|状態)|^(?:使用|利用|在籍)(?:中|可否)?(?:区分|フラグ|$)/i;
const no = new Set(['', '0', 'false', 'f', 'no', 'n', 'いいえ', 'null', '-', 'off', '無', 'なし', '×']);
/** Words of lists of kinds, whichever sense the column has. */
const alive = new Set(['有効', '通常', '使用中', '利用中', '在籍', '未削除', '未', 'active', 'enabled', 'valid']);
const gone = new Set(
  [
    '無効',
    '停止',
    '使用停止',
    '利用停止',
    '取引停止',
    '削除',
    '削除済',
    '削除済み',
    '廃止',
    '退会',
    '退職',
    '失効',
  ].concat(['inactive', 'disabled', 'invalid', 'deleted', 'archived']),
);

type Sense = 'deleted' | 'active';

const senseOf = ({ name, role }: SideField): Sense | undefined => {
  if (role === 'deleted' || deletedNames.test(name)) return 'deleted';
  return activeNames.test(name) ? 'active' : undefined;
};

/** `1:無効`, `無効(1)`: the word tells, not the number of the kind. */
const wordOf = (value: string): string =>
  value
    .trim()
    .toLowerCase()
    .replace(/^\d{1,2}\s?[:：.]\s?/, '')
    .replace(/\s?[(（]\d{1,2}[)）]$/, '');

const isGone = (value: string, sense: Sense): boolean => {
  const word = wordOf(value);
  if (gone.has(word)) return true;
  if (alive.has(word)) return false;
  const off = no.has(word);
  // An activity flag that nobody filled in says nothing.
  return sense === 'deleted' ? !off : off && value !== '';
};

/** Records of one side that it marks itself, where those of both sides are not marked. */
const marked = (population: 'missing' | 'extra'): RowsHypothesis => {
  const side = population === 'missing' ? 'left' : 'right';
  return rowsHypothesis<{ column: string; sense: Sense }>({
    effect: 'expected',
    population,
    propose: (view) =>
      fieldsOn(view, side).flatMap((field) => {
        const sense = senseOf(field);
        if (!sense || field.alone.filter((value) => isGone(value, sense)).length < 20) return [];
        return [{ params: { column: field.name, sense } }];
      }),
    holds: (row, { column, sense }, view) => isGone(valueOn(view, side, row, column), sense),
  });
};

const bringDeleted = {
  en: 'If the other side is to have them: let the job use the interface that returns deleted records as well (queryAll, archived=true).',
  ja: '連携先にも必要であれば、削除済みレコードも返す方法（queryAll、archived=true など）で取得します。',
};

export const softDeleteHidden = defineSyncCause({
  id: 'sync.soft-delete-hidden',
  title: {
    en: 'Deleted or archived records are counted on one side only',
    ja: '削除・アーカイブ済みのレコードが片側だけに含まれています',
  },
  about: {
    en: 'A CRM keeps deleted or archived records for a while and marks them. The full export has them, the interface that the job uses hides them. Nothing is lost, but the counts differ.',
    ja: 'CRM は削除・アーカイブしたレコードをしばらく印付きで保持します。全件エクスポートには含まれますが、ジョブが使う API では表示されません。失われてはいませんが、件数が合わなくなります。',
  },
  owner: 'crm-admin',
  severity: 'warning',
  hypotheses: [marked('missing'), marked('extra')],
  because: ({ main: { detail, population }, share, fact }) => {
    const column = String(detail.column);
    const [en, ja] =
      detail.sense === 'active' ? ['inactive', '無効'] : ['deleted or archived', '削除済みまたはアーカイブ済み'];
    return population === 'missing'
      ? {
          en: `${share.en} missing records are marked as ${en} in ${column}, and (nearly) none of the copied ones is.`,
          ja: `不足レコード ${share.ja}は ${column} で${ja}とされています。同期済みのレコードにはほぼありません。`,
        }
      : {
          en: `${share.en} extra records are marked as ${en} in ${column} of ${fact.right.name}, and (nearly) none that both sides have is: ${fact.left.name} does not show such records, or has none any more.`,
          ja: `余分なレコード ${share.ja}は ${fact.right.name} の ${column} で${ja}とされています。両側にあるレコードにはほぼありません。${fact.left.name} では表示されないか、すでに存在しません。`,
        };
  },
  steps: ({ main: { detail, population } }) => [
    {
      en: `If they do not belong to the comparison: exclude them on both sides with a \`filter\` on ${String(detail.column)}.`,
      ja: `比較の対象外であれば、両側の \`filter\` で ${String(detail.column)} を条件に除外します。`,
    },
    ...(population === 'missing' ? [bringDeleted] : []),
  ],
});
