import type { Text } from '../../src/model/text.ts';
import { typingDistance } from '../../src/reason/typing-distance.ts';
import { both } from '../auth/words.ts';
import { connectCause } from '../crm/connect-cause.ts';
import { secretFault } from '../crm/connect-root.ts';
import { listedNames } from '../crm/listed-names.ts';
import { placesOf } from '../crm/product-places.ts';

interface Wrong {
  readonly fault: 'type' | 'missing' | 'url' | 'secret' | 'other';
  /** `crm.database` */
  readonly key: string;
  readonly value?: string;
  /** What may stand there: types, databases. */
  readonly allowed: readonly string[];
  readonly suggestion?: string;
  /** What can be seen of a secret without knowing it. */
  readonly shape?: NonNullable<ReturnType<typeof secretFault>>;
}

/** The last word of `crm.database` or `crm: database`, below the place where this CRM stands. */
const keyIn = (needs: Text | undefined, path: string): string => {
  const name = /^crm[.:]\s*([A-Za-z]+)/.exec(needs?.en ?? '')?.[1];
  return name === undefined ? path : `${path}.${name}`;
};

const wordsIn = (list: string): readonly string[] => listedNames(list, 40);

const nearest = (word: string, words: readonly string[]): string | undefined => {
  const [first] = words
    .map((one) => ({ one, far: typingDistance(word.toLowerCase(), one, 3) }))
    .filter(({ far, one }) => far <= Math.min(3, Math.ceil(one.length / 3)))
    .toSorted((left, right) => left.far - right.far);
  return first?.one;
};

const shapes: Readonly<Record<NonNullable<Wrong['shape']>, Text>> = {
  empty: both('is empty', '空です'),
  placeholder: both('is a placeholder of an example (such as "changeme")', '「changeme」のような仮の値です'),
  blanks: both('begins or ends with a blank', '先頭または末尾に空白があります'),
  control: both('holds a line end or another control character', '改行などの制御文字を含んでいます'),
};

const isAddress = (url: string): boolean =>
  /^https?:\/\//i.test(url) && URL.canParse(url) && new URL(url).username === '';

/** `crm.example.co.jp` without its scheme, full-width letters and blanks: what was meant. */
const mended = (url: string): string | undefined => {
  const plain = url.normalize('NFKC').replace(/\s/g, '');
  const whole = /^https?:\/\//i.test(plain) ? plain : `https://${plain.replace(/^[a-z]+:\/+/i, '')}`;
  return isAddress(whole) ? whole : undefined;
};

export const crmMalformedValue = connectCause<Wrong>({
  id: 'config.malformed-value',
  title: both('A setting of the CRM is missing or cannot be right', 'CRM の設定が不足しているか、値に誤りがあります'),
  about: both(
    'The configuration of the CRM lacks a key that this product needs, or holds a value that cannot work: an unknown type, an address that is no URL, a file that cannot be read. The CRM was not asked.',
    'CRM の設定に、この製品に必要なキーがないか、使えない値が入っています（不明な type、URL になっていないアドレス、読み取れないファイルなど）。CRM への問い合わせは行っていません。',
  ),
  owner: 'user',
  confidence: 0.98,
  more: ({ fact, failure, subject }) => {
    const shape = secretFault(fact);
    if (shape !== undefined) return { fault: 'secret', key: `${subject.path}.secret`, allowed: [], shape };
    const { type, url } = subject.config;
    const key = keyIn(failure.needs, subject.path);
    if (key === `${subject.path}.type`) {
      const allowed = wordsIn(failure.says);
      const suggestion = nearest(type, allowed);
      return { fault: 'type', key, value: type, allowed, ...(suggestion === undefined ? {} : { suggestion }) };
    }
    if (failure.kind === 'unreachable' || (failure.needs === undefined && !isAddress(url))) {
      const suggestion = mended(url);
      const more = suggestion === undefined ? {} : { suggestion };
      return { fault: url === '' ? 'missing' : 'url', key: `${subject.path}.url`, value: url, allowed: [], ...more };
    }
    if (failure.needs === undefined) return { fault: 'other', key, allowed: [] };
    return { fault: 'missing', key, allowed: key.endsWith('.database') ? wordsIn(failure.says) : [] };
  },
  because: ({ fault, key, value, allowed, suggestion, product, says, shape }) => {
    switch (fault) {
      case 'type': {
        const near =
          suggestion === undefined
            ? both('', '')
            : both(` "${suggestion}" was probably meant.`, `「${suggestion}」の入力ミスと思われます。`);
        return both(
          `${key} is "${value ?? ''}", and crm-doctor knows no CRM of this type.${near.en}`,
          `${key} の「${value ?? ''}」という種類の CRM には対応していません。${near.ja}`,
        );
      }
      case 'url':
        return both(
          `${key} is "${value ?? ''}", which is no address that begins with https:// or http:// (without a login in it).`,
          `${key} の「${value ?? ''}」は、https:// または http:// で始まるアドレス（ログイン情報を含まないもの）になっていません。`,
        );
      case 'missing':
        return allowed.length === 0
          ? both(
              `${key} is missing, and ${product} cannot be asked without it.`,
              `${key} がありません。${product} への問い合わせに必要です。`,
            )
          : both(
              `${key} is missing: the server holds several databases (${allowed.join(', ')}).`,
              `${key} がありません。サーバーに複数のデータベースがあります（${allowed.join('、')}）。`,
            );
      case 'secret': {
        const words = shapes[shape ?? 'empty'];
        return both(
          `The value at ${key} ${words.en}, and ${product} refuses the login.`,
          `${key} の値は、${words.ja}。${product} がログインを拒否しています。`,
        );
      }
      case 'other':
        return both(`A value at ${key} cannot be used: ${says ?? ''}.`, `${key} の値を使用できません: ${says ?? ''}。`);
    }
  },
  steps: ({ fault, key, allowed, suggestion, type }) => {
    const edit = both('In crm-doctor.yaml:', 'crm-doctor.yaml を編集します。');
    switch (fault) {
      case 'type':
        return [
          suggestion === undefined
            ? both(
                `${edit.en} set ${key} to one of ${allowed.join(', ')}.`,
                `${edit.ja}${key} に次のどれかを指定します: ${allowed.join('、')}。`,
              )
            : both(
                `${edit.en} set ${key} to ${suggestion}. There are also: ${allowed.join(', ')}.`,
                `${edit.ja}${key} を ${suggestion} に変更します。ほかに指定できるもの: ${allowed.join('、')}。`,
              ),
        ];
      case 'url': {
        const { address } = placesOf(type);
        return [
          suggestion === undefined
            ? both(
                `${edit.en} set ${key} to an address such as ${address.en}.`,
                `${edit.ja}${key} にアドレスを指定します。例: ${address.ja}。`,
              )
            : both(`${edit.en} set ${key} to ${suggestion}.`, `${edit.ja}${key} を ${suggestion} に変更します。`),
        ];
      }
      case 'missing': {
        const { key: where, address } = placesOf(type);
        const hint = key.endsWith('.secret')
          ? both(` You find it so: ${where.en}.`, `取得方法: ${where.ja}。`)
          : key.endsWith('.url')
            ? both(` It looks like ${address.en}.`, `例: ${address.ja}。`)
            : both('', '');
        return [
          both(
            `${edit.en} add ${key}${allowed.length > 0 ? ` (one of ${allowed.join(', ')})` : ''}.${hint.en}`,
            `${edit.ja}${key} を追加します${allowed.length > 0 ? `（${allowed.join('、')} のどれか）` : ''}。${hint.ja}`,
          ),
        ];
      }
      case 'secret': {
        const { key: where } = placesOf(type);
        return [
          both(
            `Copy the key once more (${where.en}) and set the environment variable or the file that stands at ${key}, without a blank or a line end.`,
            `キーをもう一度コピーし（${where.ja}）、${key} に書かれた環境変数またはファイルに、空白や改行を含めずに設定します。`,
          ),
        ];
      }
      case 'other':
        return [both(`${edit.en} correct the value at ${key}.`, `${edit.ja}${key} の値を直します。`)];
    }
  },
});
