import type { CheckReport, Diagnosis } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';

/** What a person loses, by the protocol of a target. */
const broken: Readonly<Record<string, Text>> = {
  smtp: { en: 'Mail cannot be sent', ja: 'メールを送信できません' },
  imap: { en: 'Mail cannot be received', ja: 'メールを受信できません' },
  pop3: { en: 'Mail cannot be received', ja: 'メールを受信できません' },
};

const concerned: Readonly<Record<string, Text>> = {
  smtp: { en: 'Sending mail', ja: 'メールの送信' },
  imap: { en: 'Receiving mail', ja: 'メールの受信' },
  pop3: { en: 'Receiving mail', ja: 'メールの受信' },
  'mail.dns': { en: 'Name resolution', ja: '名前解決' },
  'mail.quota': { en: 'Mailbox storage', ja: 'メールボックスの容量' },
  'mail.sender-policy': { en: 'Sender authentication', ja: '送信ドメイン認証' },
  'mail.round-trip': { en: 'Sending and receiving', ja: '送受信' },
};

const effectOf = (target: string, diagnosis: Diagnosis, checks: readonly CheckReport[]): Text => {
  // The CRM's own accounts are told apart by the CRM before the protocol.
  const protocol = /^(?:crm:.* )?(smtp|imap|pop3) \S/.exec(target)?.[1];
  const check = checks.find((one) => one.target === target)?.id;
  const words =
    (diagnosis.severity === 'critical' ? broken[protocol ?? ''] : undefined) ?? concerned[protocol ?? check ?? ''];
  if (!words) return { en: target, ja: target };
  return { en: `${words.en} (${target})`, ja: `${words.ja}（${target}）` };
};

/** Says it only where a login of this run shows it: the other direction works. */
const spared = ({ affects, severity }: Diagnosis, checks: readonly CheckReport[]): Text | undefined => {
  const works = (...ids: readonly string[]) => {
    const logins = checks.filter(({ id }) => ids.includes(id));
    return logins.length > 0 && logins.every(({ status }) => status === 'pass' || status === 'warn');
  };
  if (severity !== 'critical' || affects.length === 0) return undefined;
  if (affects.every((target) => target.startsWith('smtp ')) && works('mail.imap-auth', 'mail.pop3-auth')) {
    return { en: 'Receiving is not affected.', ja: '受信には影響ありません。' };
  }
  if (affects.every((target) => /^(imap|pop3) /.test(target)) && works('mail.smtp-auth')) {
    return { en: 'Sending is not affected.', ja: '送信には影響ありません。' };
  }
  return undefined;
};

/** The effect of a cause in plain words, one line a target. `checks` are those of the same mailbox. */
export const effectsOf = (
  diagnosis: Diagnosis,
  checks: readonly CheckReport[],
  language: Language,
): readonly string[] => {
  const unharmed = spared(diagnosis, checks);
  return [
    ...diagnosis.affects.map((target) => effectOf(target, diagnosis, checks)[language]),
    ...(unharmed ? [unharmed[language]] : []),
  ];
};
