import type { CrmMailAccount, CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { answered } from '../cloud/answering.ts';
import { booleanIn, idIn, type Json, numberIn, textIn } from '../reading.ts';
import { rights } from './errors.ts';
import { type Org, query } from './query.ts';

const deliverability: Text = {
  en: 'no API tells whether sending is allowed at all: Setup > Email > Deliverability > Access level must be "All email" (a new sandbox has "System email only")',
  ja: '送信が許可されているかは API では分かりません。設定 > メール > 送信 > アクセス権限 が「すべてのメール」かどうかを確認してください（新しい Sandbox は「システムメールのみ」です）',
};

const unseen = (what: Text): Text => ({
  en: `${what.en}: not readable with this login`,
  ja: `${what.ja}は、このログインでは読み取れません`,
});

const relayPlace = (host: string): Text => ({
  en: `Setup > Email > Email Relays > ${host}`,
  ja: `設定 > メール > メールリレー > ${host}`,
});

const notRouted: Text = {
  en: 'no active email domain filter leads to this relay (Setup > Email > Email Domain Filters)',
  ja: 'このリレーを使う有効なメールドメイン検索条件がありません（設定 > メール > メールドメイン検索条件）',
};

/** TlsSetting of EmailRelay: Off, Preferred, Required, PreferredVerify, RequiredVerify. */
const tlsOf = (setting: string): Pick<NonNullable<CrmMailAccount['services']['smtp']>, 'security' | 'verify'> => ({
  ...(setting === 'Off' ? { security: 'none' as const } : {}),
  ...(/^(?:Required|Preferred)/.test(setting) ? { security: 'starttls' as const } : {}),
  ...(/^(?:Required|Preferred)$/.test(setting) ? { verify: false as const } : {}),
});

const accountOf = (
  relay: Json,
  filters: readonly Json[] | undefined,
  { printable }: Org,
): readonly CrmMailAccount[] => {
  const [id, host] = [idIn(relay.Id), textIn(relay.Host)];
  if (id === undefined || host === undefined) return [];
  const port = numberIn(relay.Port);
  const username = textIn(relay.Username);
  const routed = filters?.some((filter) => filter.EmailRelayId === relay.Id && booleanIn(filter.IsActive) === true);
  const name = printable(host, 253);
  return [
    {
      id: printable(id, 40),
      name,
      services: {
        smtp: {
          host: name,
          ...(port === undefined ? {} : { port }),
          ...tlsOf(textIn(relay.TlsSetting) ?? ''),
          ...(username === undefined ? {} : { username: printable(username) }),
          login: booleanIn(relay.IsRequireAuth) === true ? 'password' : 'none',
        },
      },
      enabled: true,
      ...(routed === false ? { unused: notRouted } : {}),
      place: relayPlace(name),
      writable: [],
    },
  ];
};

const addressesOf = (services: readonly Json[], printable: Org['printable']): readonly string[] =>
  services.flatMap(({ LocalPart, EmailDomainName, IsActive }) => {
    const [local, domain] = [textIn(LocalPart), textIn(EmailDomainName)];
    return local === undefined || domain === undefined || booleanIn(IsActive) !== true
      ? []
      : [printable(`${local}@${domain}`)];
  });

/** Relays, the addresses of the organisation, and those of email services. */
export const readMail = async (org: Org, signal: AbortSignal): Promise<CrmReply<CrmMailSettings>> => {
  const right = rights.setup;
  const ask = (soql: string) => query(org, soql, { right }, signal);
  const parts = await Promise.all([
    ask('SELECT Id, Address, DisplayName FROM OrgWideEmailAddress'),
    // Never the column Password.
    ask('SELECT Id, Host, Port, TlsSetting, IsRequireAuth, Username FROM EmailRelay'),
    ask('SELECT Id, EmailRelayId, FromDomain, ToDomain, IsActive FROM EmailDomainFilter'),
    ask('SELECT Id, FunctionName, IsActive FROM EmailServicesFunction'),
    ask('SELECT Id, FunctionId, LocalPart, EmailDomainName, IsActive FROM EmailServicesAddress'),
  ]);
  for (const part of parts) {
    if (part.kind === 'failed' && part.failure.kind !== 'not-found' && part.failure.kind !== 'permission') return part;
  }
  const [wide, relays, filters, functions, services] = parts;
  const off = new Set(
    functions.kind === 'rows'
      ? functions.rows.flatMap(({ Id, IsActive }) => (booleanIn(IsActive) === false ? [idIn(Id)] : []))
      : [],
  );
  const live = services.kind === 'rows' ? services.rows.filter(({ FunctionId }) => !off.has(idIn(FunctionId))) : [];
  const accounts =
    relays.kind === 'rows'
      ? relays.rows.flatMap((relay) => accountOf(relay, filters.kind === 'rows' ? filters.rows : undefined, org))
      : [];
  const aliases = [
    ...(wide.kind === 'rows' ? wide.rows : []).flatMap(({ Address }) => {
      const address = textIn(Address);
      return address === undefined ? [] : [{ role: 'default-from' as const, address: org.printable(address) }];
    }),
    ...addressesOf(live, org.printable).map((address) => ({ role: 'queue' as const, address })),
  ];
  return answered<CrmMailSettings>(
    {
      accounts,
      ...(aliases.length > 0 ? { aliases } : {}),
      otherWay: {
        ...(accounts.some(({ unused }) => !unused)
          ? {}
          : {
              outgoing: {
                en: "Salesforce's own servers send",
                ja: 'Salesforce のサーバーから送信されます',
              },
            }),
        incoming: {
          en: 'mail comes in through email services and Email-to-Case, which are forwarded to; no mailbox is fetched',
          ja: '受信はメールサービスとメール-to-ケースへの転送で行われ、メールボックスの取り込みはありません',
        },
      },
    },
    [
      deliverability,
      ...(wide.kind === 'failed' ? [unseen({ en: 'organization-wide addresses', ja: '組織のメールアドレス' })] : []),
      ...(relays.kind === 'failed' ? [unseen({ en: 'email relays', ja: 'メールリレー' })] : []),
      ...(services.kind === 'failed' || functions.kind === 'failed'
        ? [unseen({ en: 'email services', ja: 'メールサービス' })]
        : []),
    ],
  );
};
