import { domainOf } from '../../checks/mail/dns-questions.ts';
import type { Subject } from '../model/mailbox.ts';
import { servicesOf } from '../model/mailbox.ts';
import type { Language } from '../model/text.ts';
import type { Place } from './vantage/place.ts';

const securityText = {
  tls: { en: 'TLS from the start', ja: '最初から TLS' },
  starttls: { en: 'STARTTLS', ja: 'STARTTLS' },
  none: { en: 'no encryption', ja: '暗号化なし' },
} as const;

/** What a run would contact, with whose login, and what it would send; nothing is done. */
export const dryRun = (subjects: readonly Subject[], language: Language, vantage?: Place): string =>
  subjects
    .map((subject) => {
      const lines = [`${subject.label}`];
      const say = (en: string, ja: string) => lines.push(`  ${language === 'ja' ? ja : en}`);
      const faults = subject.config.row?.faults;
      if (faults) {
        for (const { en, ja } of faults) say(`not looked at: ${en}`, `検査しません: ${ja}`);
        return `${lines.join('\n')}\n`;
      }
      say(`DNS: records of ${domainOf(subject.address)}`, `DNS: ${domainOf(subject.address)} のレコードを調べます`);
      for (const { protocol, host, port, security, username, password, oauth, mechanism } of servicesOf(subject)) {
        const mode = securityText[security][language];
        const by = mechanism?.toUpperCase();
        const login = password
          ? {
              en: `one login as ${username}${by ? ` by ${by}` : ''}`,
              ja: `${username} で 1 回ログイン${by ? `（認証方式: ${by}）` : ''}`,
            }[language]
          : oauth
            ? { en: `one OAuth login as ${username}`, ja: `${username} で OAuth により 1 回ログイン` }[language]
            : { en: 'no login', ja: 'ログインなし' }[language];
        say(`${protocol} ${host}:${port}, ${mode}: ${login}`, `${protocol} ${host}:${port}（${mode}）: ${login}`);
      }
      const { ehlo, family, trust } = subject.config;
      if (trust !== undefined) {
        const named = { en: trust === 'none' ? 'no store' : trust, ja: trust === 'none' ? 'なし' : trust };
        say(`trusted certificates of the CRM: ${named.en}`, `CRM の信頼する証明書: ${named.ja}`);
      }
      if (ehlo !== undefined) say(`EHLO ${ehlo}`, `EHLO で名乗る名前: ${ehlo}`);
      if (family === 4 || family === 6) say(`only IPv${family} addresses`, `IPv${family} のアドレスだけを使います`);
      const { oauth } = servicesOf(subject).find((service) => service.oauth) ?? {};
      if (oauth?.clientId && !oauth.accessToken) {
        const server = oauth.issuer ?? oauth.provider ?? '';
        say(
          `OAuth: asks ${server} for an access token${oauth.tokenFile ? `; a new refresh token goes into ${oauth.tokenFile}` : ''}`,
          `OAuth: ${server} にアクセストークンを要求します${oauth.tokenFile ? `。新しい更新トークンは ${oauth.tokenFile} に保存します` : ''}`,
        );
      }
      if (subject.services.smtp) {
        say(
          `SMTP: MAIL FROM:<${subject.from}>, RCPT TO:<${subject.address}>, no message`,
          `SMTP: 差出人 ${subject.from}、宛先 ${subject.address} まで確認し、メールは送りません`,
        );
      }
      if (subject.roundTrip.enabled) {
        say(
          `sends one marked message from ${subject.from} to ${subject.address}, finds it and deletes it`,
          `${subject.from} から ${subject.address} に目印付きのテストメールを 1 通送り、届いたものを探して削除します`,
        );
      }
      if (vantage) {
        say(
          `all of this on ${vantage.host}, through ssh, with a copy of crm-doctor in a temporary directory that is removed again; here the same without logins and messages`,
          `以上を ssh で ${vantage.host} 上で行います（crm-doctor の写しを一時フォルダーに置き、終わったら削除します）。このマシンではログインと送信を除いて同じ検査を行います`,
        );
      }
      say(
        'if a check fails: at most 10 connections a host and port, and no name is refused twice',
        '異常があれば設定の写しで直し方を試します（1 つのホストとポートへの接続は最大 10 回、同じユーザー名で 2 回拒否されることはありません）',
      );
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
