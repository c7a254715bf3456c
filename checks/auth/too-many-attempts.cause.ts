import { defineCause } from '../../src/model/cause.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Refused } from './refusals.ts';
import { loginFact, saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

export const tooManyAttempts = defineCause<Refused>({
  id: 'auth.too-many-attempts',
  title: both('Logins are held back after too many attempts', 'ログインの試行回数が多すぎて制限されています'),
  about: both(
    'Servers slow down or refuse logins for a time after many attempts, to stop people who guess passwords. Usually one program that still uses an old password, or a CRM that polls too often, uses the limit up for everybody. crm-doctor makes no further login once it has seen this.',
    'パスワードの総当たりを防ぐため、サーバーはログインの試行が多いと、一定時間ログインを遅らせたり拒否したりします。古いパスワードを使い続けるソフトや、頻繁に受信する CRM が原因になりがちです。crm-doctor はこの応答を見つけると、それ以上ログインを試みません。',
  ),
  explain: (evidence, subject) =>
    saysSo('auth.too-many-attempts', evidence, subject).map((finding) => ({
      ...finding,
      affects: [
        ...finding.affects,
        // Not tried any more because of this answer.
        ...servicesOf(subject)
          .filter(
            ({ protocol, username }) =>
              username === finding.detail.username && loginFact(evidence, protocol)?.withheld === 'locked-out',
          )
          .map(targetOf)
          .filter((target) => !finding.affects.includes(target)),
      ],
    })),
  owner: 'user',
  because: ({ username, places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} takes no login of ${username} for the time being, since there were too many attempts. The server says "${says}". Whether the password is right cannot be seen from this.`,
      `ログインの試行が多すぎたため、${where.ja} は ${username} のログインを一時的に受け付けていません。サーバーの応答は「${says}」です。この応答からは、パスワードが正しいかどうかはわかりません。`,
    );
  },
  steps: ({ username }) => [
    both(
      'Stop the mail jobs of the CRM, and let 15 to 60 minutes pass without any login.',
      'CRM のメール送受信の定期処理を止め、15〜60 分間ログインせずに待ちます。',
    ),
    both(
      `Find other programs and devices that log in as ${username} with an old password, and correct them.`,
      `${username} に古いパスワードでログインし続けている機器やソフトを探し、修正します。`,
    ),
    both(
      'Check again once; then start the jobs with a longer interval.',
      'もう一度だけ検査し、問題がなければ、実行間隔を延ばして定期処理を再開します。',
    ),
  ],
});
