import { formatMs } from '../../i18n/format.ts';
import type { SourceFailure } from '../../model/sync/source.ts';
import { grouped, type Text } from '../../model/text.ts';
import { crmRefusalWords } from './crm-failure-words.ts';
import { faultInJapanese } from './fault-words.ts';
import { adviceOn } from './server-advice.ts';

const longestHint = 60;

const hinted = (hint: readonly string[] | undefined): Text => {
  if (!hint || hint.length === 0) return { en: '; check its name and place', ja: '。名前と場所を確認してください' };
  const short = hint.map((one) => (one.length > longestHint ? `${one.slice(0, longestHint)}…` : one));
  return { en: `; there are, for example, ${short.join(', ')}`, ja: `。存在するものの例: ${short.join('、')}` };
};

const placeOf = ({ line, byte }: { readonly line?: number; readonly byte?: number }): Text => {
  if (line !== undefined) return { en: ` (line ${line})`, ja: `（${line} 行目）` };
  return byte === undefined ? { en: '', ja: '' } : { en: ` (byte ${byte})`, ja: `（${byte} バイト目）` };
};

const nameOf = ({ what, cluster }: SourceFailure): Text =>
  cluster ? { en: `cluster ${what}`, ja: `クラスター ${what}` } : { en: what, ja: what };

/** Why a side cannot be read, and what to do next. */
export const sourceFailureWords = (failure: SourceFailure): Text => {
  const name = nameOf(failure);
  switch (failure.kind) {
    case 'not-found': {
      const hint = hinted(failure.hint);
      const { says } = failure;
      return {
        en: `${name.en} is not there${says === undefined ? '' : `: ${says}`}${hint.en}`,
        ja: `${name.ja} が見つかりません${says === undefined ? '' : `: ${faultInJapanese(says)}`}${hint.ja}`,
      };
    }
    case 'no-permission': {
      const { says } = failure;
      return {
        en: `no permission to read ${name.en}${says === undefined ? '' : ` (${says})`}; give the user that runs this the right to read it`,
        ja: `${name.ja} を読み取る権限がありません${says === undefined ? '' : `（${says}）`}。実行ユーザーに読み取り権限を付けてください`,
      };
    }
    case 'empty':
      return {
        en: `${name.en} is empty; look whether the export ran`,
        ja: `${name.ja} は空です。エクスポートが実行されたか確認してください`,
      };
    case 'not-data': {
      const { told } = failure;
      return {
        en: `${name.en} holds no records: ${failure.says}${told ? '' : '; name an export as CSV, JSON, Excel or Parquet'}`,
        ja: `${name.ja} はレコードのファイルではありません: ${faultInJapanese(failure.says)}${told ? '' : '。CSV、JSON、Excel、Parquet のエクスポートを指定してください'}`,
      };
    }
    case 'malformed': {
      const place = placeOf(failure);
      return {
        en: `${name.en} cannot be read${place.en}: ${failure.says}; let its source write it again`,
        ja: `${name.ja} を読み取れません${place.ja}: ${faultInJapanese(failure.says)}。出力元で作り直してください`,
      };
    }
    case 'too-large': {
      const place = placeOf(failure);
      return {
        en: `${name.en} is too large${place.en}: ${failure.says}; correct the export, or divide it`,
        ja: `${name.ja} が大きすぎます${place.ja}: ${faultInJapanese(failure.says)}。エクスポートを直すか、分割してください`,
      };
    }
    case 'changed':
      return {
        en: `${name.en} changed while it was read; compare again when nobody writes to it, or a copy of it`,
        ja: `${name.ja} が読み取り中に変更されました。書き込みがないときに、またはコピーを使って、もう一度比べてください`,
      };
    case 'encoding': {
      const place = placeOf(failure);
      return {
        en: `the encoding of ${name.en} cannot be told${place.en}: ${failure.says}; state it with encoding:`,
        ja: `${name.ja} の文字コードを判別できません${place.ja}: ${faultInJapanese(failure.says)}。encoding: で指定してください`,
      };
    }
    case 'unreachable': {
      const next = adviceOn(failure.says) ?? {
        en: 'check host, port and firewall',
        ja: 'ホスト名、ポート番号、ファイアウォールを確認してください',
      };
      return {
        en: `${name.en} does not answer: ${failure.says}; ${next.en}`,
        ja: `${name.ja} から応答がありません: ${faultInJapanese(failure.says)}。${next.ja}`,
      };
    }
    case 'login-refused':
      return {
        en: `${name.en} refuses the login: ${failure.says}; check user name and password`,
        ja: `${name.ja} にログインできません: ${faultInJapanese(failure.says)}。ユーザー名とパスワードを確認してください`,
      };
    case 'interrupted': {
      // A person or --timeout ended it, and nothing is wrong with the side.
      if (failure.says === 'stopped')
        return {
          en: 'stopped before it came to its end; run it again, with more time (--timeout) where time ran out',
          ja: '完了する前に中断しました。もう一度実行してください。時間切れの場合は --timeout を延ばしてください',
        };
      const next = adviceOn(failure.says) ?? {
        en: 'run it again, and look into its log when it ends there again',
        ja: 'もう一度実行し、また途中で終わる場合は相手側のログを確認してください',
      };
      return {
        en: `${name.en} ended in the middle, after ${grouped(failure.after)} records: ${failure.says}; ${next.en}`,
        ja: `${name.ja} の読み取りが途中で終わりました（${grouped(failure.after)} 件まで）: ${faultInJapanese(failure.says)}。${next.ja}`,
      };
    }
    case 'throttled': {
      const { after, retryAfterMs: wait } = failure;
      return {
        en: `${name.en} limits requests, after ${grouped(after)} records: ${failure.says}; try again ${wait === undefined ? 'later' : `in ${formatMs(wait, 'en')}`}`,
        ja: `${name.ja} の利用制限にかかりました（${grouped(after)} 件まで）: ${faultInJapanese(failure.says)}。${wait === undefined ? '時間をおいて' : `${formatMs(wait, 'ja')}後に`}実行してください`,
      };
    }
    case 'crm': {
      const { says, next } = crmRefusalWords[failure.why];
      const own = failure.says === failure.why ? '' : failure.says;
      return {
        en: `${name.en}: ${says.en}${own === '' ? '' : ` (${own})`}; ${next.en}`,
        ja: `${name.ja}: ${says.ja}${own === '' ? '' : `（${own}）`}。${next.ja}`,
      };
    }
    case 'driver-missing':
      return {
        en: `the package ${name.en} is not installed; install it with: ${failure.install}`,
        ja: `パッケージ ${name.ja} がインストールされていません。次のコマンドでインストールしてください: ${failure.install}`,
      };
    case 'refused': {
      const next = adviceOn(failure.says);
      return {
        en: `${name.en}: ${failure.says}${next ? `; ${next.en}` : ''}`,
        ja: `${name.ja}: ${faultInJapanese(failure.says)}${next ? `。${next.ja}` : ''}`,
      };
    }
    case 'disk-full':
      return {
        en: `temporary files cannot be written in ${name.en}; make room, or set TMPDIR to a directory that has it`,
        ja: `${name.ja} に一時ファイルを作れません。空きを作るか、TMPDIR で別のディレクトリを指定してください`,
      };
  }
};

/** What this machine lacks, or nobody waited for, says nothing of the side. */
export const couldNotCheck = (failure: SourceFailure): boolean =>
  failure.kind === 'driver-missing' ||
  failure.kind === 'disk-full' ||
  (failure.kind === 'interrupted' && failure.says === 'stopped');
