import type { ComparisonReport } from '../../model/sync/report.ts';
import { opposite } from '../../model/sync/side.ts';
import { grouped, type Language } from '../../model/text.ts';

type Validated = NonNullable<ComparisonReport['validation']>[number];
type Problem = Validated['problems'][number];

/** What a rule asks, as it is said in either language. */
const asked = ({ rule, asks }: Problem, language: Language): string => {
  if (language === 'en') return asks;
  const number = /[\d,]+/.exec(asks)?.[0] ?? '';
  switch (rule) {
    case 'required':
      return '必須';
    case 'length':
      return number === '' ? '文字数の上限' : `${number} 文字まで`;
    case 'option':
      return number === '' ? '選択肢のいずれか' : `${number} 個の選択肢のいずれか`;
    case 'phone':
      return '先頭の 0、または + と国番号のある電話番号';
    case 'email':
      return 'メールアドレス 1 件';
    case 'postcode':
      return '郵便番号（日本では 7 桁）';
    case 'date':
      return '実在する日付（YYYY-MM-DD）';
    case 'number':
      return '半角数字の数値（桁区切りなし）';
    case 'range': {
      const [, least, most] = /from (\S+) to (\S+)/.exec(asks) ?? [];
      return least === undefined || most === undefined ? '範囲内の数値' : `${least} から ${most} までの数値`;
    }
    case 'check':
      return asks;
    case 'unique':
      return 'ほかのレコードと重複しない値';
    case 'reference':
      return `${asks.replace(/^a value of /, '')} にある値`;
    case 'type':
      return '真偽値など、型に合う値';
  }
};

const fromWords = {
  target: { en: 'the target says so', ja: '相手側の定義' },
  configuration: { en: 'by the configuration', ja: '設定による' },
  type: { en: 'by its type', ja: '型による' },
} as const;

export interface RefusedText {
  /** How many records of which side the other side would refuse. */
  readonly side: 'left' | 'right';
  readonly says: string;
  readonly rejected: number;
  readonly problems: readonly {
    readonly column: string;
    readonly rule: Problem['rule'];
    readonly n: number;
    readonly asks: string;
    readonly from: string;
    readonly examples: Problem['examples'];
  }[];
}

/** Records that the other side would refuse, side by side; without a word where there are none. */
export const refusedTexts = ({ validation = [] }: ComparisonReport, language: Language): readonly RefusedText[] =>
  validation
    .filter(({ rejected }) => rejected > 0)
    .map(({ side, rows, rejected, problems, only }) => ({
      side,
      says: {
        en: `the ${opposite(side)} side would refuse ${grouped(rejected)} of the ${grouped(rows)} records of the ${side} one${only === undefined ? '' : ' that differ'}`,
        ja: `${side === 'left' ? '左' : '右'}側の${only === undefined ? '' : '差異のある'} ${grouped(rows)} 件中 ${grouped(rejected)} 件は、${side === 'left' ? '右' : '左'}側で登録を拒否される見込みです`,
      }[language],
      rejected,
      problems: problems
        .toSorted((one, other) => other.n - one.n)
        .map((problem) => ({
          column: problem.column,
          rule: problem.rule,
          n: problem.n,
          asks: asked(problem, language),
          from: fromWords[problem.from][language],
          examples: problem.examples,
        })),
    }));
