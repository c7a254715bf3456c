import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { logTime } from '../logs/log-words.ts';
import type { Standing } from './account-standing.ts';
import { standingOf } from './account-standing.ts';
import { topicOf } from './error-text.ts';
import { crmMailSettings, failsNow } from './mail-settings.check.ts';
import { settingsSeen } from './settings-seen.ts';
import { explainStep, meaningText } from './speaks-of.ts';

interface Failing {
  readonly product: string;
  readonly account: string;
  readonly place: Text;
  readonly says: string;
  readonly at?: string;
  readonly lastGood?: string;
  readonly failures?: number;
  readonly speaksOf?: string;
  readonly standing: Standing;
}

export const accountFailing = defineCrmCause<Failing>({
  id: 'crm.account-failing',
  title: both('The CRM itself reports that a mail account fails', 'CRM 自身がメールアカウントの失敗を記録しています'),
  about: both(
    'A CRM notes beside a mail account what became of its last attempt. That is the word of the one who matters: it tries from its own host, with the password that it has stored. crm-doctor reads these words, tries the same settings itself where it is given a password, and says whether both come to the same.',
    'CRM は、メールアカウントごとに最後の試行の結果を記録しています。CRM が自分のマシンから、保存されたパスワードで試した結果なので、最も重要な手がかりです。crm-doctor はその記録の意味を読み取り、パスワードが分かる場合は同じ設定で自分でも試し、両方の結果を比べます。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const seen = settingsSeen(evidence);
    if (!seen) return [];
    const { product, meanings = {} } = seen.fact;
    return seen.settings.accounts.filter(failsNow).flatMap((account) => {
      const { id, name, place, lastError, lastGood, failures } = account;
      const says = lastError?.says ?? '';
      const speaksOf = meanings[says]?.cause;
      const standing = standingOf(evidence, subject, { account: id });
      // It fails here as well, and the cause is named there; or it is let in here, and the stored password is another one.
      if (standing.kind === 'fails' || (standing.kind === 'works' && topicOf(says) === 'login')) return [];
      const timed = lastError?.at === undefined ? {} : { at: lastError.at };
      return [
        {
          detail: {
            product,
            account: name,
            place,
            says,
            ...timed,
            ...(lastGood === undefined ? {} : { lastGood }),
            ...(failures === undefined ? {} : { failures }),
            ...(speaksOf === undefined ? {} : { speaksOf }),
            standing,
          },
          severity: 'critical' as const,
          confidence: speaksOf === undefined ? 0.75 : 0.88,
          affects: [subject.label],
          evidence: [{ check: crmMailSettings, says: both(`"${name}": ${says}`, `「${name}」: ${says}`) }],
        },
      ];
    });
  },
  because: ({ product, account, says, at, lastGood, failures, speaksOf, standing }) => {
    const when = at === undefined ? both('', '') : both(` (${logTime(at)})`, `（${logTime(at)}）`);
    const times =
      failures === undefined || failures < 2
        ? both('', '')
        : both(`, ${failures} times in a row`, `、${failures} 回連続`);
    const good =
      lastGood === undefined
        ? both('', '')
        : both(` It last worked ${logTime(lastGood)}.`, `最後に成功したのは ${logTime(lastGood)} です。`);
    const means = speaksOf === undefined ? both('', '') : meaningText(speaksOf);
    const deeper = speaksOf === undefined ? both('', '') : both(` That is: ${means.en}.`, `${means.ja}。`);
    const here =
      standing.kind === 'works'
        ? both(
            ' From here the same settings and the given password work: what differs is the way from the CRM’s host, or the password that the CRM has stored.',
            'ここからは、同じ設定と指定されたパスワードで動作します。違いは、CRM のマシンからの経路か、CRM に保存されたパスワードです。',
          )
        : both(
            ' The password that the CRM has stored cannot be read, so the login was not tried here.',
            'CRM に保存されたパスワードは読み取れないため、ここではログインを試していません。',
          );
    return both(
      `${product} reports of "${account}"${when.en}${times.en}: "${says}".${deeper.en}${good.en}${here.en}`,
      `${product} の「${account}」の記録${when.ja}${times.ja}:「${says}」。${deeper.ja}${good.ja}${here.ja}`,
    );
  },
  steps: ({ product, account, place, speaksOf, standing }) => [
    ...(speaksOf === undefined ? [] : [explainStep(speaksOf)]),
    both(`In ${product}, open: ${place.en}.`, `${product} で次の画面を開きます: ${place.ja}。`),
    ...(standing.kind === 'works'
      ? [
          both(
            `Enter the password of "${account}" anew. If it fails all the same, run crm-doctor on the CRM's host (--vantage), where the way to the mail server may be closed.`,
            `「${account}」のパスワードを入力し直します。それでも失敗する場合は、メールサーバーへの経路を確かめるため、CRM のマシンで crm-doctor を実行します (--vantage)。`,
          ),
        ]
      : []),
    ...(standing.kind === 'untried'
      ? [
          both(
            'Give crm-doctor the password of this login name under crm.logins in crm-doctor.yaml: it then tries the login as well.',
            'crm-doctor.yaml の crm.logins にこのユーザー名のパスワードを設定すると、ログインも検査できます。',
          ),
        ]
      : []),
    both('Run the check again: crm-doctor check', 'もう一度検査します: crm-doctor check'),
  ],
});
