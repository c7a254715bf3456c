import { defineCause } from '../../src/model/cause.ts';
import type { LoginFact } from '../../src/model/login-facts.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { loginCheck } from '../auth/refusals.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { topicOf } from './error-text.ts';
import { failsNow } from './mail-settings.check.ts';

interface Detail {
  readonly place: Place;
  readonly username: string;
  readonly product: string;
  readonly account: string;
  readonly screen: Text;
  readonly says: string;
}

/** The one difference that cannot be read: the CRM is refused, and the same login with the given password is not. */
export const storedPasswordDiffers = defineCause<Detail>({
  id: 'crm.settings-differ',
  title: both(
    'The CRM has another password stored than the one that works',
    'CRM に保存されたパスワードが、正しいものと違います',
  ),
  about: both(
    'A CRM does not hand out the passwords that it has stored. But it tells that its last login was refused; and the same login name, at the same server, with the password of crm-doctor.yaml, was accepted in this run. So what the CRM has stored is another password, most often an old one from before a change.',
    'CRM は保存しているパスワードを渡しませんが、最後のログインが拒否されたことは記録しています。一方、同じサーバーに同じユーザー名と crm-doctor.yaml のパスワードでログインすると、今回の検査では成功しました。CRM に保存されているのは別のパスワードで、多くは変更前の古いものです。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const { crm } = subject;
    const error = crm?.account.lastError;
    if (!crm || !error || !failsNow(crm.account) || topicOf(error.says) !== 'login') return [];
    return servicesOf(subject).flatMap((service) => {
      const { protocol, host, port, username, path: _path } = service;
      const check = loginCheck[protocol];
      const login = evidence.fact<LoginFact>(check)?.login;
      if (login?.kind !== 'accepted') return [];
      return [
        {
          detail: {
            place: { protocol, host, port },
            username,
            product: crm.product,
            account: crm.account.name,
            screen: crm.account.place,
            says: error.says,
          },
          severity: 'critical' as const,
          confidence: 0.9,
          affects: [targetOf(service)],
          evidence: [
            {
              check,
              says: both(
                `${crm.product} says "${error.says}"; the same login was accepted here`,
                `${crm.product} の記録は「${error.says}」ですが、同じログインがここでは成功しました`,
              ),
            },
          ],
          ruledOut: [
            {
              cause: 'auth.wrong-credentials',
              check,
              says: both(
                'this login name and the given password are accepted',
                'このユーザー名と指定のパスワードは受け付けられます',
              ),
            },
          ],
        },
      ];
    });
  },
  because: ({ place, username, product, account, says }) => {
    const where = placesText([place]);
    return both(
      `${product} was refused with "${account}" ("${says}"), but ${username} with the password of crm-doctor.yaml is let in at ${where.en}. The CRM has another password stored.`,
      `${product} の「${account}」はログインを拒否されています（${says}）。しかし、${username} は crm-doctor.yaml のパスワードで ${where.ja} にログインできるため、CRM に保存されたパスワードが違います。`,
    );
  },
  steps: ({ product, account, screen }) => [
    both(`In ${product}, open ${screen.en}.`, `${product} で${screen.ja}を開きます。`),
    both('Enter the password of the mailbox again and save.', 'メールボックスのパスワードを入力し直し、保存します。'),
    both(
      `Run the connection test of "${account}", then crm-doctor check again.`,
      `「${account}」の接続テストを実行し、もう一度 crm-doctor check で検査します。`,
    ),
    both(
      'Change the password in the CRM together with the mailbox from now on: note it where the mailbox is administered.',
      '今後は、メールボックスのパスワードを変えるときに CRM 側も更新するよう、手順に残しておきます。',
    ),
  ],
});
