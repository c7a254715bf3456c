import type { CrmMailAccount, CrmMailService, CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { numberIn } from '../reading.ts';
import { type Found, refuse, unlessRefused } from '../refusal.ts';
import type { Ask } from './ask.ts';

/** The value of a constant of the setup; undefined where it is not set, which the API calls "not found". */
type Constants = (name: string) => Promise<string | undefined>;

const constantsBy =
  (ask: Ask, signal: AbortSignal): Constants =>
  async (name) => {
    const answer = await unlessRefused(
      () => ask(`/setup/conf/${name}`, signal),
      ['not-found'],
      () => {},
    );
    if (!answer) return undefined;
    const { json } = answer;
    return typeof json === 'string' || typeof json === 'number'
      ? String(json).trim() || undefined
      : refuse({ kind: 'malformed', what: `/setup/conf/${name}`, status: 200, says: '' });
  };

const isOn = (value: string | undefined): boolean => value === '1' || value?.toLowerCase() === 'yes';

const isAddress = (text: string | undefined): text is string =>
  text !== undefined && /^[^\s@,;<>]{1,200}@[^\s@,;<>]{1,200}$/.test(text);

interface Sending {
  /** Behind the names of the constants. */
  readonly suffix: '' | '_EMAILING' | '_TICKET';
  readonly name: Text;
  readonly place: Text;
}

const page = (en: string, ja: string): Text => ({
  en: `Home > Setup > Emails > ${en}`,
  ja: `ホーム > 設定 > メール > ${ja}`,
});

const sendings: readonly Sending[] = [
  { suffix: '', name: { en: 'Emails', ja: 'メール' }, place: page('Outgoing emails', 'メール送信') },
  {
    suffix: '_EMAILING',
    name: { en: 'Mass emailing', ja: '一斉メール' },
    place: page('Outgoing emails (mass emailing)', 'メール送信（一斉メール）'),
  },
  {
    suffix: '_TICKET',
    name: { en: 'Tickets', ja: 'チケット' },
    place: page('Outgoing emails (tickets)', 'メール送信（チケット）'),
  },
];

const phpMail: Text = {
  en: "Dolibarr sends with PHP's own mail(): php.ini and the host's sendmail decide, which no API tells (Home > Setup > Emails)",
  ja: 'Dolibarr は PHP の mail() で送信します。php.ini とサーバーの sendmail の設定で決まるため、API では分かりません（ホーム > 設定 > メール）',
};

const collectors: Text = {
  en: 'incoming mail is fetched by the module Email Collector, which the API does not tell of: Home > Setup > Modules > EmailCollector',
  ja: '受信はメールコレクターモジュールが行いますが、API では読めません: ホーム > 設定 > モジュール > EmailCollector',
};

/** Both switches may be on; the one for TLS from the start is looked at first (CMailFile). */
const securityOf = (tls: string | undefined, starttls: string | undefined): NonNullable<CrmMailService['security']> =>
  isOn(tls) ? 'tls' : isOn(starttls) ? 'starttls' : 'none';

const serviceOf = async (constant: Constants, suffix: string, client: CrmClient): Promise<CrmMailService> => {
  // Without a value php.ini decides, and there localhost and 25 stand from the beginning.
  const host = (await constant(`MAIN_MAIL_SMTP_SERVER${suffix}`)) ?? 'localhost';
  const port = numberIn(await constant(`MAIN_MAIL_SMTP_PORT${suffix}`));
  const username = await constant(`MAIN_MAIL_SMTPS_ID${suffix}`);
  const tls = await constant(`MAIN_MAIL_EMAIL_TLS${suffix}`);
  const starttls = await constant(`MAIN_MAIL_EMAIL_STARTTLS${suffix}`);
  const selfSigned = await constant(`MAIN_MAIL_EMAIL_SMTP_ALLOW_SELF_SIGNED${suffix}`);
  const method = await constant(`MAIN_MAIL_SMTPS_AUTH_TYPE${suffix}`);
  return {
    host: client.printable(host, 255),
    port: port ?? 25,
    security: securityOf(tls, starttls),
    ...(username === undefined ? {} : { username: client.printable(username, 255) }),
    login: method === 'XOAUTH2' ? 'oauth' : username === undefined ? 'none' : 'password',
    ...(isOn(selfSigned) ? { verify: false } : {}),
  };
};

const outboundOff: Text = {
  en: 'Home > Setup > Emails > "Disable all email sending"',
  ja: 'ホーム > 設定 > メール >「すべてのメール送信を無効にする」',
};

/** Outgoing mail by the constants of the setup: for all mail, and where it is set up, for mass mail and tickets. */
export const mailOf = async (ask: Ask, client: CrmClient, signal: AbortSignal): Promise<Found<CrmMailSettings>> => {
  const constant = constantsBy(ask, signal);
  const off = await constant('MAIN_DISABLE_ALL_MAILS');
  const forced = await constant('MAIN_MAIL_FORCE_SENDTO');
  const from = await constant('MAIN_MAIL_EMAIL_FROM');
  const errors = await constant('MAIN_MAIL_ERRORS_TO');
  const accounts: CrmMailAccount[] = [];
  let byPhp = false;
  for (const { suffix, name, place } of sendings) {
    const mode = (await constant(`MAIN_MAIL_SENDMODE${suffix}`)) ?? (suffix === '' ? 'mail' : 'default');
    if (mode === 'default') continue;
    if (mode === 'mail') {
      byPhp = byPhp || suffix === '';
      continue;
    }
    const smtp = await serviceOf(constant, suffix, client);
    const address = [from, smtp.username].find(isAddress);
    accounts.push({
      id: `MAIN_MAIL_SENDMODE${suffix}`,
      name: name.en,
      ...(address === undefined ? {} : { address: client.printable(address, 255) }),
      ...(isAddress(from) ? { from: client.printable(from, 255) } : {}),
      services: { smtp },
      enabled: true,
      ...(suffix === '' ? { isDefault: true } : {}),
      place,
      ...(forced === undefined ? {} : { forcedTo: client.printable(forced, 255) }),
      writable: [],
    });
  }
  return {
    value: {
      accounts,
      ...(isOn(off) ? { outboundOff: { setting: 'MAIN_DISABLE_ALL_MAILS', says: '1', place: outboundOff } } : {}),
      ...(isAddress(errors) ? { aliases: [{ role: 'bounce', address: client.printable(errors, 255) }] } : {}),
      otherWay: { ...(byPhp ? { outgoing: phpMail } : {}), incoming: collectors },
    },
  };
};
