import type { CrmMailAccount, CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { type MailUri, readMailUri } from './mail-uri.ts';
import { mailOptionsIn } from './settings.ts';

const place: Text = {
  en: 'trytond.conf: uri and from in the section [email] (on Debian /etc/tryton/trytond.conf); restart trytond afterwards',
  ja: 'trytond.conf の [email] セクションにある uri と from（Debian では /etc/tryton/trytond.conf）。変更後は trytond の再起動が必要です',
};

const noFile: Text = {
  en: 'crm.settingsFile: Tryton keeps its mail server in its configuration file and in no record, so a trytond.conf (or a copy of it) that can be read here has to be named',
  ja: 'crm.settingsFile。Tryton のメールサーバーの設定は API では取得できず、設定ファイルにだけあります。ここから読み取れる trytond.conf（またはその写し）を指定してください',
};

const incoming: Text = {
  en: 'Tryton fetches no mail by itself',
  ja: 'Tryton 自身はメールを受信しません',
};

const byDefault: Text = {
  en: 'trytond.conf names no mail server: Tryton then takes smtp://localhost:25, unless the variable TRYTOND_EMAIL__URI of its service says otherwise, which cannot be seen from here',
  ja: 'trytond.conf にメールサーバーの指定がありません。その場合 Tryton は smtp://localhost:25 を使います。サービスの環境変数 TRYTOND_EMAIL__URI で変えられている場合は、ここからは分かりません',
};

const refused = (names: readonly string[]): Text => ({
  en: `uri has parameters that Python's smtplib does not know (${names.join(', ')}), so no mail is sent`,
  ja: `uri に、Python の smtplib にないパラメーター（${names.join('、')}）があるため、メールは 1 通も送信されません`,
});

/** `Sales <sales@example.jp>` and `sales@example.jp`. */
const addressIn = (from: string): string | undefined => {
  const plain = /<([^<>\s]{3,254})>\s*$/.exec(from)?.[1] ?? from.trim();
  return /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/.test(plain) ? plain : undefined;
};

const accountOf = (
  { service, unknown }: Extract<MailUri, { kind: 'service' }>,
  from: string | undefined,
  printable: CrmClient['printable'],
): CrmMailAccount => {
  const address = from === undefined ? undefined : addressIn(from);
  return {
    id: 'email',
    name: 'trytond.conf [email]',
    ...(address === undefined ? {} : { address: printable(address, 254) }),
    ...(from === undefined ? {} : { from: printable(address ?? from, 254) }),
    services: {
      smtp: {
        ...service,
        host: printable(service.host, 255),
        ...(service.username === undefined ? {} : { username: printable(service.username, 255) }),
      },
    },
    enabled: true,
    ...(unknown.length > 0 ? { unused: refused(unknown.slice(0, 5).map((name) => printable(name, 40))) } : {}),
    isDefault: true,
    place,
    // A file on another machine.
    writable: [],
  };
};

/** The one outgoing server of Tryton, which only trytond.conf tells. */
export const readMail = async (
  access: CrmAccess,
  printable: CrmClient['printable'],
  signal: AbortSignal,
): Promise<CrmReply<CrmMailSettings>> => {
  const text = await access.settings(signal);
  // Not `not-offered`: with the file it can be told, and without it nobody may take the mail for checked.
  if (text === undefined) {
    return { kind: 'failed', failure: { kind: 'config', what: 'trytond.conf', says: '', needs: noFile } };
  }
  const { uri, from } = mailOptionsIn(text);
  const read = readMailUri(uri ?? 'smtp://localhost:25', access.learn);
  if (read.kind === 'wrong') {
    return {
      kind: 'failed',
      failure: {
        kind: 'config',
        what: 'trytond.conf',
        // The text itself may hold parts of a password.
        says: '',
        needs: {
          en: '[email] uri in trytond.conf: its host and port cannot be read, so Tryton sends nothing; characters such as # / ? @ in the password have to be written %23 %2F %3F %40',
          ja: 'trytond.conf の [email] uri。ホストとポートを読み取れないため、Tryton はメールを送信できません。パスワードの # / ? @ は %23 %2F %3F %40 と書く必要があります',
        },
      },
    };
  }
  return {
    kind: 'answered',
    value: { accounts: [accountOf(read, from, printable)], otherWay: { incoming } },
    ...(uri === undefined ? { gaps: [byDefault] } : {}),
  };
};
