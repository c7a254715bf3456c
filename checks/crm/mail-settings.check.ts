import { defineCrmCheck } from '../../src/model/check.ts';
import type { Runtime } from '../../src/model/config.ts';
import type { CrmMailAccount, CrmMailSettings } from '../../src/model/crm/answers.ts';
import type { CrmReply } from '../../src/model/crm/failure.ts';
import type { TextCause } from '../../src/model/log-facts.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { fail, notApplicable, okWith, unknown, warn } from '../../src/model/outcome.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { accountSubjects, nameless } from './account-subject.ts';
import { crmConnect } from './connect.check.ts';
import { failureWords } from './failure-words.ts';

/** The mail accounts that the CRM itself has set. */
export interface CrmMailFact {
  readonly product: string;
  /** Whose TLS rules count for its mail. */
  readonly runtime: Runtime;
  readonly reply: CrmReply<CrmMailSettings>;
  /** RFC 3339; absent in runs that were recorded before it was looked at. */
  readonly at?: string;
  /** What the words of the last errors speak of. */
  readonly meanings?: Readonly<Record<string, TextCause | null>>;
}

const newer = (left: string | undefined, right: string | undefined): boolean =>
  left !== undefined && (right === undefined || Date.parse(left) >= Date.parse(right));

/** The last thing that the CRM knows of this account is that it failed. */
export const failsNow = ({ enabled, lastError, lastGood }: CrmMailAccount): boolean =>
  enabled &&
  lastError !== undefined &&
  (lastError.at === undefined ? lastGood === undefined : newer(lastError.at, lastGood));

const receives = ({ services }: CrmMailAccount): boolean => (services.imap ?? services.pop3) !== undefined;
const sends = ({ services }: CrmMailAccount): boolean => services.smtp !== undefined;

/** The accounts that send (or fetch), where not one of them is in use. */
export const allOff = (
  accounts: readonly CrmMailAccount[],
  way: 'outgoing' | 'incoming',
): readonly CrmMailAccount[] => {
  const own = accounts.filter(way === 'outgoing' ? sends : receives);
  return own.length > 0 && own.every(({ enabled, unused }) => !enabled || unused !== undefined) ? own : [];
};

/** Only mail from a day to come is fetched: none. */
export const fetchesNothing = ({ enabled, fetchSince }: CrmMailAccount, at: string | undefined): boolean =>
  enabled && fetchSince !== undefined && at !== undefined && Date.parse(fetchSince) > Date.parse(at) + 86_400_000;

const inboxOf = (account: CrmMailAccount): string | undefined => {
  const { imap, pop3 } = account.services;
  const service = imap ?? pop3;
  if (!account.enabled || account.unused !== undefined || !service || service.host === '') return undefined;
  if (service.username === undefined) return undefined;
  const folders = imap ? (imap.folders ?? ['INBOX']) : ['INBOX'];
  return JSON.stringify([service.host.toLowerCase(), service.username, folders.toSorted()]);
};

/** Accounts in use that empty the same folders of the same mailbox, each with an earlier one. */
export const doubled = (
  accounts: readonly CrmMailAccount[],
): readonly { readonly first: CrmMailAccount; readonly second: CrmMailAccount }[] => {
  const seen = new Map<string, CrmMailAccount>();
  return accounts.flatMap((second) => {
    const key = inboxOf(second);
    const first = key === undefined ? undefined : seen.get(key);
    if (key !== undefined && !first) seen.set(key, second);
    return first ? [{ first, second }] : [];
  });
};

interface Trouble {
  readonly grade: 'fail' | 'warn';
  readonly says: Text;
}

const trouble = (grade: Trouble['grade'], en: string, ja: string): Trouble => ({ grade, says: both(en, ja) });

const ofAccount = (account: CrmMailAccount, at: string | undefined): readonly Trouble[] => {
  const { name, enabled, unused, oauth, lastError, forcedTo } = account;
  if (!enabled) return [];
  return [
    ...(failsNow(account)
      ? [
          trouble(
            'fail',
            `"${name}" fails: ${lastError?.says ?? ''}`,
            `「${name}」が失敗しています: ${lastError?.says ?? ''}`,
          ),
        ]
      : []),
    ...(oauth?.state === 'expired'
      ? [trouble('fail', `the sign-in of "${name}" is no longer valid`, `「${name}」のサインインが無効になっています`)]
      : []),
    ...(oauth?.state === 'missing'
      ? [trouble('fail', `nobody has signed in for "${name}" yet`, `「${name}」はまだサインインされていません`)]
      : []),
    ...(forcedTo === undefined
      ? []
      : [
          trouble(
            'fail',
            `all mail of "${name}" goes to ${forcedTo}`,
            `「${name}」のメールはすべて ${forcedTo} に送られます`,
          ),
        ]),
    ...(fetchesNothing(account, at)
      ? [
          trouble(
            'fail',
            `"${name}" fetches only mail from ${account.fetchSince?.slice(0, 10)} on`,
            `「${name}」は ${account.fetchSince?.slice(0, 10)} 以降のメールだけを取り込む設定です`,
          ),
        ]
      : []),
    ...(unused
      ? [trouble('warn', `"${name}" is not used: ${unused.en}`, `「${name}」は使われていません: ${unused.ja}`)]
      : []),
  ];
};

const troublesOf = (
  { accounts, outboundOff, missing = [] }: CrmMailSettings,
  at: string | undefined,
): readonly Trouble[] => [
  ...(outboundOff
    ? [
        trouble(
          'fail',
          `sending is switched off: ${outboundOff.setting} = ${outboundOff.says}`,
          `送信が無効になっています: ${outboundOff.setting} = ${outboundOff.says}`,
        ),
      ]
    : []),
  ...missing.map((way) =>
    way === 'outgoing'
      ? trouble('fail', 'no outgoing mail account is set', '送信用のメールアカウントがありません')
      : trouble('warn', 'no incoming mail account is set', '受信用のメールアカウントがありません'),
  ),
  ...(['outgoing', 'incoming'] as const).flatMap((way) => {
    const off = allOff(accounts, way);
    if (off.length === 0) return [];
    const names = off.map(({ name }) => name);
    return [
      way === 'outgoing'
        ? trouble(
            'fail',
            `every outgoing account is switched off (${names.join(', ')})`,
            `送信用のアカウントがすべて無効です（${names.join('、')}）`,
          )
        : trouble(
            'fail',
            `every incoming account is switched off (${names.join(', ')})`,
            `受信用のアカウントがすべて無効です（${names.join('、')}）`,
          ),
    ];
  }),
  ...accounts.flatMap((account) => ofAccount(account, at)),
  ...doubled(accounts).map(({ first, second }) =>
    trouble(
      'warn',
      `"${first.name}" and "${second.name}" fetch from the same mailbox`,
      `「${first.name}」と「${second.name}」が同じメールボックスから取り込みます`,
    ),
  ),
];

const count = (accounts: readonly CrmMailAccount[]): Text => {
  const used = accounts.filter(({ enabled }) => enabled);
  const [out, into] = [used.filter(sends).length, used.filter(receives).length];
  return both(`${out} to send, ${into} to fetch`, `送信 ${out} 件、受信 ${into} 件`);
};

const otherWay = ({ otherWay: way }: CrmMailSettings): Text | undefined => way?.outgoing ?? way?.incoming;

const judge = ({ reply, at }: CrmMailFact): Verdict => {
  if (reply.kind === 'not-offered') return notApplicable(reply.why);
  if (reply.kind === 'failed') return unknown(failureWords(reply.failure));
  const troubles = troublesOf(reply.value, at);
  const worst = troubles.find(({ grade }) => grade === 'fail') ?? troubles[0];
  if (worst) return worst.grade === 'fail' ? fail(worst.says) : warn(worst.says);
  const { accounts } = reply.value;
  const other = otherWay(reply.value);
  if (accounts.length === 0) {
    return other
      ? okWith(other)
      : notApplicable(both('the CRM tells of no mail account', 'CRM にメールアカウントがありません'));
  }
  const unknownOnes = nameless(accounts);
  if (unknownOnes.length > 0) {
    const names = unknownOnes.map(({ name }) => name);
    return warn(
      both(
        `${names.join(', ')}: set without an address, so it could not be tried`,
        `${names.join('、')}: アドレスがないため、動作を確認できません`,
      ),
    );
  }
  const numbers = count(accounts);
  return okWith(both(`mail accounts of the CRM: ${numbers.en}`, `CRM のメールアカウント: ${numbers.ja}`));
};

/** What the CRM has set for mail; each account in use becomes a mailbox of its own that is diagnosed as it is set there. */
export const crmMailSettings = defineCrmCheck<CrmMailFact>({
  id: 'crm.mail-settings',
  title: { en: "The CRM's own mail accounts are set and in use", ja: 'CRM のメールアカウントが設定され、使われている' },
  needs: [crmConnect],
  probe: async (subject, { clock, crm, logs }, signal) => {
    const product = await crm.product(subject.config.type);
    const reply = await crm.ask(subject, 'mail', signal);
    const accounts = reply.kind === 'answered' ? reply.value.accounts : [];
    const texts = [...new Set(accounts.flatMap(({ lastError }) => lastError?.says ?? []))];
    const causes = texts.length > 0 ? await logs.causesOf(texts) : [];
    return {
      product: product?.name ?? subject.config.type,
      runtime: product?.runtime ?? 'node',
      reply,
      at: clock.now().toISOString(),
      meanings: Object.fromEntries(texts.map((text, index) => [text, causes[index] ?? null])),
    };
  },
  judge,
  discovers: ({ product, runtime, reply }, subject) =>
    reply.kind === 'answered' ? accountSubjects(reply.value.accounts, subject, { product, runtime }) : [],
});
