import type { CrmMailAccount, CrmMailService, CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { answered } from '../cloud/answering.ts';
import { booleanIn, idIn, type Json, numberIn, textIn, timeIn } from '../reading.ts';
import { readOf } from './errors.ts';
import { type Environment, rowsOf } from './rows.ts';

type Direction = 'incoming' | 'outgoing';

/** Never a column that holds a password (incomingpassword, outgoingpassword, password). */
const profileColumns = [
  'emailserverprofileid,name,servertype,statecode,processemailsreceivedafter',
  ...['serverlocation', 'portnumber', 'usessl', 'username', 'credentialretrieval'].flatMap((column) => [
    `incoming${column}`,
    `outgoing${column}`,
  ]),
].join(',');

const mailboxColumns =
  'mailboxid,name,emailaddress,username,statecode,incomingemaildeliverymethod,outgoingemaildeliverymethod,incomingemailstatus,outgoingemailstatus,emailrouteraccessapproval,testmailboxaccesscompletedon,_emailserverprofile_value';

const place = (name: string): Text => ({
  en: `Power Platform admin center > Environments > (environment) > Settings > Email > Mailboxes > ${name}`,
  ja: `Power Platform 管理センター > 環境 >（環境）> 設定 > 電子メール > メールボックス > ${name}`,
});

/** incomingcredentialretrieval and its twin: 0 of the user or queue, 1 of the profile, 4 none, 5 to 7 OAuth. */
const loginOf = (retrieval: number | undefined): CrmMailService['login'] => {
  if (retrieval === 0 || retrieval === 1) return 'password';
  if (retrieval === 4) return 'none';
  return retrieval !== undefined && retrieval >= 5 && retrieval <= 7 ? 'oauth' : 'unknown';
};

const inside: readonly number[] = [465, 993, 995];
const upgraded: readonly number[] = [25, 587, 143, 110];

const securityOf = (ssl: boolean | undefined, port: number | undefined): Pick<CrmMailService, 'security'> => {
  if (ssl === false) return { security: 'none' };
  if (ssl === undefined || port === undefined) return {};
  if (inside.includes(port)) return { security: 'tls' };
  return upgraded.includes(port) ? { security: 'starttls' } : {};
};

const serviceOf = (
  profile: Json,
  mailbox: Json,
  direction: Direction,
  { printable }: Environment,
): CrmMailService | undefined => {
  const host = textIn(profile[`${direction}serverlocation`]);
  if (host === undefined || /[/:\s]/.test(host)) return undefined;
  const port = numberIn(profile[`${direction}portnumber`]);
  const retrieval = numberIn(profile[`${direction}credentialretrieval`]);
  const username = textIn(retrieval === 0 ? mailbox.username : profile[`${direction}username`]);
  return {
    host: printable(host, 253),
    ...(port === undefined ? {} : { port }),
    ...securityOf(booleanIn(profile[`${direction}usessl`]), port),
    ...(username === undefined ? {} : { username: printable(username) }),
    login: loginOf(retrieval),
  };
};

/** servertype 1 is "Other": POP3 or IMAP, which only the port tells. Exchange (0, 2, 3) is asked over its own web service. */
const servicesOf = (profile: Json | undefined, mailbox: Json, environment: Environment): CrmMailAccount['services'] => {
  const type = numberIn(profile?.servertype);
  if (!profile || type === undefined || [0, 2, 3].includes(type)) return {};
  const incoming =
    numberIn(mailbox.incomingemaildeliverymethod) === 2
      ? serviceOf(profile, mailbox, 'incoming', environment)
      : undefined;
  const outgoing =
    numberIn(mailbox.outgoingemaildeliverymethod) === 2
      ? serviceOf(profile, mailbox, 'outgoing', environment)
      : undefined;
  const imap = incoming?.port === 993 || incoming?.port === 143;
  return { ...(incoming ? { [imap ? 'imap' : 'pop3']: incoming } : {}), ...(outgoing ? { smtp: outgoing } : {}) };
};

const notTested: Text = {
  en: 'server-side synchronization was not tested and enabled for this mailbox yet ("Test & Enable Mailboxes")',
  ja: 'このメールボックスでは、サーバー側同期の「メールボックスのテストと有効化」がまだ行われていません',
};
const notApproved: Text = {
  en: 'the email address is not approved yet ("Approve Email")',
  ja: '電子メール アドレスがまだ承認されていません（「電子メールの承認」）',
};

/** incomingemailstatus, outgoingemailstatus: 0 not run, 1 success, 2 failure; of the directions that are used. */
const statesOf = (mailbox: Json): readonly number[] =>
  (['incoming', 'outgoing'] as const).flatMap((direction) =>
    numberIn(mailbox[`${direction}emaildeliverymethod`]) === 2
      ? (numberIn(mailbox[`${direction}emailstatus`]) ?? 0)
      : [],
  );

const accountOf = (
  mailbox: Json,
  profile: Json | undefined,
  trace: Json | undefined,
  environment: Environment,
): readonly CrmMailAccount[] => {
  const { printable } = environment;
  const id = idIn(mailbox.mailboxid);
  if (id === undefined) return [];
  const name = printable(textIn(mailbox.name) ?? id, 120);
  const address = textIn(mailbox.emailaddress);
  const states = statesOf(mailbox);
  const tested = timeIn(mailbox.testmailboxaccesscompletedon);
  const approved = numberIn(mailbox.emailrouteraccessapproval);
  const unused = approved !== undefined && approved !== 1 ? notApproved : states.includes(0) ? notTested : undefined;
  const since = timeIn(profile?.processemailsreceivedafter);
  const traced = timeIn(trace?.createdon);
  const at = traced ?? tested;
  return [
    {
      id: printable(id, 40),
      name,
      ...(address === undefined ? {} : { address: printable(address) }),
      services: servicesOf(profile, mailbox, environment),
      enabled: numberIn(mailbox.statecode) === 0 && numberIn(profile?.statecode) !== 1,
      ...(unused ? { unused } : {}),
      place: place(name),
      ...(tested === undefined ? {} : { lastTried: tested }),
      ...(tested !== undefined && states.length > 0 && states.every((state) => state === 1)
        ? { lastGood: tested }
        : {}),
      ...(states.includes(2)
        ? {
            lastError: {
              says: printable(
                textIn(trace?.text) ?? textIn(trace?.errordetails) ?? 'the last test of this mailbox failed',
              ),
              ...(at === undefined ? {} : { at }),
            },
          }
        : {}),
      ...(since === undefined ? {} : { fetchSince: since }),
      writable: [],
    },
  ];
};

/** Mailboxes of server-side synchronization, each with the settings of its server profile. */
export const readMail = async (environment: Environment, signal: AbortSignal): Promise<CrmReply<CrmMailSettings>> => {
  const mailboxes = await rowsOf(
    environment,
    {
      path: '/mailboxes',
      query: {
        $select: mailboxColumns,
        $filter: 'incomingemaildeliverymethod eq 2 or outgoingemaildeliverymethod eq 2',
      },
      right: readOf('Mailbox'),
      most: 500,
    },
    signal,
  );
  if (mailboxes.kind === 'failed') return mailboxes;
  const profiles = await rowsOf(
    environment,
    { path: '/emailserverprofiles', query: { $select: profileColumns }, right: readOf('EmailServerProfile') },
    signal,
  );
  if (profiles.kind === 'failed') return profiles;
  const traces = await rowsOf(
    environment,
    {
      path: '/tracelogs',
      query: {
        $select: 'text,errordetails,level,createdon,_regardingobjectid_value',
        $filter: 'level eq 3',
        $orderby: 'createdon desc',
        $top: 200,
      },
      right: readOf('TraceLog'),
    },
    signal,
  );
  const byId = new Map(profiles.rows.map((profile) => [profile.emailserverprofileid, profile]));
  const errors = traces.kind === 'rows' ? traces.rows : [];
  const exchange = mailboxes.rows.some(({ _emailserverprofile_value: id }) =>
    [0, 2, 3].includes(numberIn(byId.get(id)?.servertype) ?? -1),
  );
  return answered<CrmMailSettings>(
    {
      accounts: mailboxes.rows.flatMap((mailbox) =>
        accountOf(
          mailbox,
          byId.get(mailbox._emailserverprofile_value),
          errors.find(({ _regardingobjectid_value: id }) => id === mailbox.mailboxid),
          environment,
        ),
      ),
      ...(mailboxes.rows.length === 0 ? { missing: ['outgoing' as const, 'incoming' as const] } : {}),
    },
    [
      ...(exchange
        ? [
            {
              en: 'mailboxes of Exchange are reached over its own web service, which is not tested from here',
              ja: 'Exchange のメールボックスは専用の Web サービスで接続されるため、ここからの接続テストは行いません',
            },
          ]
        : []),
      ...(traces.kind === 'failed'
        ? [
            {
              en: 'alerts of mailboxes are not readable with this login',
              ja: 'メールボックスのアラートは、このログインでは読み取れません',
            },
          ]
        : []),
      ...(mailboxes.whole ? [] : [{ en: 'only the first 500 mailboxes', ja: '最初の 500 件のメールボックスだけです' }]),
    ],
  );
};
