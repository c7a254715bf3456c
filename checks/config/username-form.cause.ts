import { defineCause } from '../../src/model/cause.ts';
import type { Change, Protocol } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { grouped } from '../auth/grouped.ts';
import { loginFact } from '../auth/refusals.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { placesIn } from '../dns/host-facts.ts';
import { domainOf } from '../mail/dns-questions.ts';
import { plainlyRefused } from './refused-logins.ts';

interface Detail {
  readonly username: string;
  /** Where the login name is to be changed: for the account, or for one service where another one takes the name. */
  readonly paths: readonly string[];
  readonly places: readonly Place[];
}

const local = (name: string): string => name.slice(0, name.lastIndexOf('@'));

/** The other forms of the same name, the likeliest first; every one of them may cost a refused login, so there are two at most. */
const otherForms = (username: string, address: string): readonly string[] => {
  const forms = username.includes('@') ? [local(username), address] : [`${username}@${domainOf(address)}`, address];
  return [...new Set(forms)].filter((form) => form !== username && form !== '').slice(0, 2);
};

const accepts = (evidence: Parameters<typeof loginFact>[0], protocol: Protocol): boolean =>
  loginFact(evidence, protocol)?.login?.kind === 'accepted';

const ownPath = (subject: Subject, protocol: Protocol): string => `${subject.path}.${protocol}.username`;

export const usernameForm = defineCause<Detail>({
  id: 'config.username-form',
  title: both('The user name has the wrong form', 'ユーザー名の形式が違います'),
  about: both(
    'Some mail servers want the whole mail address as user name (sales@example.jp), others only the part before the @ (sales). The server answers the wrong form with the same words as a wrong password. The other form was tried once, with the same password, and was accepted.',
    'メールサーバーのユーザー名には、メールアドレス全体（例: sales@example.jp）を使うものと、「@」より前の部分だけ（例: sales）を使うものがあります。形式が違うと、サーバーはパスワード違いと同じエラーを返します。同じパスワードのまま別の形式を 1 回だけ試したところ、ログインできました。',
  ),
  owner: 'user',
  claim: 'on-proof',
  unless: ['config.malformed-value', 'config.placeholder'],
  explain: (evidence, subject) => {
    const refused = plainlyRefused(evidence, subject);
    return grouped(refused, ({ service }) => `${service.usernamePath} ${service.username}`).flatMap((logins) => {
      const [first] = logins;
      if (!first) return [];
      const { username, usernamePath } = first.service;
      const services = logins.map(({ service }) => service);
      // A service that takes the name as it is must keep it (iCloud: the local part for IMAP, the address for SMTP).
      const shared = servicesOf(subject).some(
        (other) => other.usernamePath === usernamePath && accepts(evidence, other.protocol),
      );
      const paths = shared ? services.map(({ protocol }) => ownPath(subject, protocol)) : [usernamePath];
      return [
        {
          detail: { username, paths, places: placesIn(services) },
          severity: 'critical' as const,
          confidence: 0.6,
          affects: services.map(targetOf),
          evidence: logins.map(({ check, says }) => ({ check, says })),
          // Told only with the proof: this cause is named on no other terms.
          ruledOut: logins.map(({ check }) => ({
            cause: 'auth.wrong-credentials',
            check,
            says: both(
              'the same password is accepted with the name in its other form',
              'ユーザー名の形式を変えると、同じパスワードが受け付けられます',
            ),
          })),
        },
      ];
    });
  },
  candidates: ({ username, paths }, subject) =>
    otherForms(username, subject.address).map((to): readonly Change[] =>
      paths.map((path) => ({ path, from: username, to })),
    ),
  works: (trial, _subject, { places }) => places.every(({ protocol }) => accepts(trial, protocol)),
  because: ({ username, places }, change) => {
    const where = placesText(places);
    const to = String(change[0]?.to ?? '');
    return both(
      `The login as "${username}" is refused by ${where.en}; as "${to}", with the same password, it is accepted. The password is right, only the form of the name is not.`,
      `${where.ja} は、ユーザー名「${username}」でのログインを拒否しますが、同じパスワードのまま「${to}」にすると受け付けます。パスワードは正しく、ユーザー名の形式だけが違います。`,
    );
  },
  steps: ({ username, paths }, change) => {
    const to = String(change[0]?.to ?? '');
    const where = change.map(({ path }) => path).join(', ') || paths.join(', ');
    return [
      both(
        `Set ${where} to "${to}" in place of "${username}".`,
        `${where} を「${username}」から「${to}」に変更します。`,
      ),
      both(
        'Enter the same user name in the mail settings of the CRM, for sending and for fetching.',
        'CRM のメール設定でも、送信と受信の両方に同じユーザー名を入力します。',
      ),
      both('Leave the password as it is.', 'パスワードは変更しません。'),
    ];
  },
});
