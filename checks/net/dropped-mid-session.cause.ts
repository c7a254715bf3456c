import { defineCause } from '../../src/model/cause.ts';
import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import type { Broken, Step } from '../../src/model/login-facts.ts';
import type { Service } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { loginCheck, loginFact } from '../auth/refusals.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { imapAuth } from '../mail/imap-auth.check.ts';
import { pop3Auth } from '../mail/pop3-auth.check.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';
import { mailTls } from '../mail/tls.check.ts';

type At = 'hello' | 'starttls' | 'login' | 'mail' | 'rcpt' | 'select' | 'stat';
type How = 'closed' | 'reset' | 'silent' | 'flood' | 'garbled';

interface Detail {
  readonly place: Place;
  readonly at: At;
  readonly how: How;
}

const names: Readonly<Record<At, { readonly en: string; readonly ja: string }>> = {
  hello: both('the first command (EHLO, CAPABILITY or CAPA)', '最初のコマンド（EHLO、CAPABILITY、CAPA）'),
  starttls: both('the switch to encryption (STARTTLS)', '暗号化への切り替え (STARTTLS)'),
  login: both('the login', 'ログイン'),
  mail: both('the sender (MAIL FROM)', '差出人の指定 (MAIL FROM)'),
  rcpt: both('the recipient (RCPT TO)', '宛先の指定 (RCPT TO)'),
  select: both('opening the folder (SELECT)', 'フォルダーを開く操作 (SELECT)'),
  stat: both('opening the mailbox (STAT)', 'メールボックスを開く操作 (STAT)'),
};

const ends: Readonly<Record<How, { readonly en: string; readonly ja: string }>> = {
  closed: both('the server closes the connection', 'サーバーが接続を切断します'),
  reset: both('the connection is reset', '接続がリセットされます'),
  silent: both('the server falls silent', 'サーバーが応答しなくなります'),
  flood: both('the server sends an answer without end', 'サーバーの応答が終わりなく続きます'),
  garbled: both(
    'the server sends an answer that breaks off or is not of this protocol',
    'サーバーの応答が途中で切れているか、通信の取り決めに沿っていません',
  ),
};

const hows: readonly How[] = ['closed', 'reset', 'silent', 'flood', 'garbled'];
const howOf = (how: Broken): How | undefined => hows.find((one) => one === how);

const broken = (check: AnyCheck, at: At, step: Step | undefined) => {
  // What was not even sent is a fault of the settings (config.malformed-value).
  const how = step?.kind === 'broken' && !step.says.startsWith('not sent') ? howOf(step.how) : undefined;
  return how ? { check, at, how } : undefined;
};

/** Where the dialogue of a service ends, from its first step on. */
const endOf = (evidence: Evidence, { protocol }: Service): { check: AnyCheck; at: At; how: How } | undefined => {
  const tls = mailTls[protocol];
  const seen = evidence.bad(tls);
  // Nothing was listed yet: the connection broke at the first command, before STARTTLS was asked for.
  if (seen?.startTls?.kind === 'broken' && seen.before.length === 0) {
    const how = howOf(seen.startTls.how);
    if (how) return { check: tls, at: 'hello', how };
  }
  const check = loginCheck[protocol];
  const outcome = evidence.of<unknown>(check);
  if (outcome?.kind !== 'observed' || outcome.verdict.grade === 'ok') return undefined;
  const fact = loginFact(evidence, protocol);
  const before = fact?.before;
  if (before && (before.at === 'hello' || before.at === 'starttls')) return broken(check, before.at, before.step);
  return (
    broken(check, 'login', fact?.login) ??
    (protocol === 'smtp'
      ? (broken(check, 'mail', evidence.fact(smtpAuth)?.mail) ?? broken(check, 'rcpt', evidence.fact(smtpAuth)?.rcpt))
      : protocol === 'imap'
        ? broken(check, 'select', evidence.fact(imapAuth)?.select)
        : broken(check, 'stat', evidence.fact(pop3Auth)?.stat))
  );
};

export const droppedMidSession = defineCause<Detail>({
  id: 'net.dropped-mid-session',
  title: both('The connection breaks in the middle of the dialogue', '通信の途中で接続が切れます'),
  about: both(
    'The server greets, but the connection breaks at a certain step of the dialogue, without an answer that would say why. A process of the mail server crashes at this step, a security device ends what it does not like, or a time limit on the way is too short. Since it is always the same step, it is no passing disturbance of the line.',
    'サーバーの最初の応答は届きますが、その後のやり取りの特定の段階で、理由が示されないまま接続が切れます。メールサーバーの処理がその段階で異常終了している、セキュリティ機器が通信を打ち切っている、途中の機器の制限時間が短い、といった場合に起こります。いつも同じ段階で切れるため、回線の一時的な不調ではありません。',
  ),
  owner: 'mail-admin',
  unless: ['config.malformed-value', 'config.security-mismatch', 'config.protocol-mismatch', 'net.mtu-blackhole'],
  explain: (evidence, subject) =>
    servicesOf(subject).flatMap((service) => {
      const end = endOf(evidence, service);
      if (!end) return [];
      const { protocol, host, port } = service;
      const { check, at, how } = end;
      return [
        {
          detail: { place: { protocol, host, port }, at, how },
          severity: 'critical' as const,
          // Where it is we who stop to read, the server may mean something by it.
          confidence: how === 'flood' || how === 'garbled' ? 0.75 : 0.88,
          affects: [targetOf(service)],
          evidence: [
            { check, says: both(`at ${names[at].en}: ${ends[how].en}`, `${names[at].ja}の段階で、${ends[how].ja}`) },
          ],
          ruledOut: [
            {
              cause: 'net.reset',
              check,
              says: both('the greeting came before', '最初の応答は正常に届いています'),
            },
            ...(at === 'login'
              ? [
                  {
                    cause: 'auth.wrong-credentials',
                    check,
                    says: both(
                      'the login was neither accepted nor refused',
                      'ログインは受け付けも拒否もされていません',
                    ),
                  },
                ]
              : []),
          ],
        },
      ];
    }),
  because: ({ place, at, how }) => {
    const where = placesText([place]);
    return both(
      `The dialogue with ${where.en} gets as far as ${names[at].en}; there ${ends[how].en}, without saying why.`,
      `${where.ja} とのやり取りは${names[at].ja}まで進みますが、そこで理由が示されないまま${ends[how].ja}。`,
    );
  },
  steps: ({ place: { host }, at }) => [
    both(
      `On ${host}: look in the log of the mail server at the time of this run for an error or crash at ${names[at].en} (for example journalctl -u dovecot -u postfix).`,
      `${host} のメールサーバーのログ（例: journalctl -u dovecot -u postfix）で、この検査の時刻に${names[at].ja}でエラーや異常終了が起きていないか確認します。`,
    ),
    both(
      'Check whether a firewall, antivirus program or proxy on the way inspects mail traffic, and switch that off for this server as a test.',
      '途中のファイアウォール、ウイルス対策ソフト、プロキシがメールの通信を検査している場合は、このサーバーに対する検査を一時的に無効にして試します。',
    ),
    both(
      'Try from another network; if it works there, the cut is made on the way and not by the server.',
      '別のネットワークから試します。そこで成功する場合は、サーバーではなく、通信の途中で切断されています。',
    ),
  ],
});
