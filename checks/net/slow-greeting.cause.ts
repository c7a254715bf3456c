import { defineCause } from '../../src/model/cause.ts';
import type { Greeting } from '../../src/model/contact-facts.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { contactWorks, mailPort } from '../mail/port.check.ts';
import { slowGreetingMs, welcomed } from '../mail/service.ts';
import { mailTls } from '../mail/tls.check.ts';

interface Detail {
  readonly place: Place;
  readonly seconds: number;
}

const limit = slowGreetingMs / 1000;

const slow = (greeting: Greeting | undefined): number | undefined =>
  greeting?.kind === 'greeted' && greeting.ms > slowGreetingMs ? Math.round(greeting.ms / 1000) : undefined;

export const slowGreeting = defineCause<Detail>({
  id: 'net.slow-greeting',
  title: both('The server greets late', 'サーバーの最初の応答が遅れています'),
  about: both(
    'The server does answer, but its greeting, the first line, comes later than many mail programs wait. So connections fail now and then, and every transfer takes longer. Usual reasons are a slow reverse name lookup of the client, a spam filter that lets clients wait on purpose, or an overloaded server.',
    'サーバーは応答しますが、最初の 1 行（グリーティング）が届くまでに、多くのメールソフトの待ち時間より長くかかっています。そのため、ときどき接続に失敗し、送受信にも時間がかかります。接続元の名前の逆引きが遅い、迷惑メール対策で意図的に待たせている、サーバーの負荷が高い、といった理由が考えられます。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) =>
    servicesOf(subject).flatMap((service) => {
      const { protocol, host, port } = service;
      const contacts = (evidence.fact(mailPort[protocol])?.contacts ?? []).filter((one) => contactWorks(protocol, one));
      const [inClear] = contacts.flatMap(({ greeting }) => slow(greeting) ?? []);
      const greeting = evidence.fact(mailTls[protocol])?.greeting;
      const seconds = inClear ?? (greeting && welcomed(protocol, greeting) ? slow(greeting) : undefined);
      if (seconds === undefined) return [];
      const check = inClear === undefined ? mailTls[protocol] : mailPort[protocol];
      return [
        {
          detail: { place: { protocol, host, port }, seconds },
          severity: 'warning' as const,
          confidence: 0.95,
          affects: [targetOf(service)],
          evidence: [
            {
              check,
              says: both(
                `the greeting took ${seconds} s (more than ${limit} s is slow)`,
                `最初の応答に ${seconds} 秒かかりました（${limit} 秒を超えると遅いと判断します）`,
              ),
            },
          ],
        },
      ];
    }),
  because: ({ place, seconds }) => {
    const where = placesText([place]);
    return both(
      `The greeting of ${where.en} took ${seconds} seconds. Programs that wait less give up before it comes.`,
      `${where.ja} の最初の応答に ${seconds} 秒かかりました。待ち時間の短いプログラムは、応答が届く前に接続をあきらめます。`,
    );
  },
  steps: ({ place: { host, port } }) => [
    both(
      `On ${host}: check that the reverse lookup of the CRM's address is quick (time dig -x ADDRESS), and give it a PTR record if it has none.`,
      `${host} で、CRM の IP アドレスの逆引きがすぐに終わるか（time dig -x <IP アドレス>）を確認します。PTR レコードがなければ登録します。`,
    ),
    both(
      'Look for a deliberate pause there (Postfix: sleep in smtpd_client_restrictions, postscreen_greet_wait) and except the CRM from it.',
      'サーバーに意図的な待ち時間（Postfix の smtpd_client_restrictions の sleep や postscreen_greet_wait）が設定されていれば、CRM を対象から外します。',
    ),
    both(
      'Set the time limit of the CRM for connections to 30 seconds or more until then.',
      'それまでは、CRM の接続タイムアウトを 30 秒以上に設定します。',
    ),
    both(
      `Verify: time nc -v ${host} ${port}.`,
      `確認: time nc -v ${host} ${port} を実行し、応答までの時間を確認します。`,
    ),
  ],
});
