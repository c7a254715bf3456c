import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { FromFault } from '../../src/reason/from-header.ts';
import { saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';
import { mailConfig } from '../mail/config.check.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';
import { changeWords } from './door-changes.ts';

interface Detail {
  readonly path: string;
  /** The header as it is configured, or the address where the server complained. */
  readonly value: string;
  /** Absent where the server says so and the configured sender is well-formed. */
  readonly fault?: FromFault;
  readonly address?: string;
  readonly suggestion?: string;
  /** The server's words. */
  readonly says?: string;
}

const faults: Readonly<Record<FromFault, Text>> = {
  unquoted: both(
    'the name holds a comma or another special character without quotation marks around it, which cuts the header into several addresses',
    '表示名にカンマなどの記号がありますが、名前全体が引用符 (") で囲まれていないため、複数のアドレスとして解釈されます',
  ),
  'open-quote': both('a quotation mark is not closed', '引用符 (") が閉じられていません'),
  brackets: both(
    'a name and an address stand together without angle brackets (<, >) around the address',
    '名前とアドレスが並んでいますが、アドレスが山括弧 (<、>) で囲まれていません',
  ),
  trailing: both('something stands behind the address', 'アドレスの後ろに余分な文字があります'),
  'no-address': both('it holds no usable address', '使えるメールアドレスが含まれていません'),
};

const inConfiguration = (evidence: Evidence, subject: Subject): readonly Finding<Detail>[] => {
  const sender = evidence.bad(mailConfig)?.sender;
  if (!sender) return [];
  const { path, value, fault, address, suggestion } = sender;
  const { smtp } = subject.services;
  return [
    {
      detail: { path, value, fault, ...(address ? { address } : {}), ...(suggestion ? { suggestion } : {}) },
      severity: 'critical',
      confidence: 0.96,
      affects: [subject.address, ...(smtp ? [targetOf(smtp)] : [])],
      evidence: [
        {
          check: mailConfig,
          says: both(
            `${path} ${JSON.stringify(value)}: ${faults[fault].en}`,
            `${path} ${JSON.stringify(value)}: ${faults[fault].ja}`,
          ),
        },
      ],
      ruledOut: [
        {
          cause: 'config.sender-mismatch',
          check: mailConfig,
          says: both(
            'the form of the header is wrong, before any server has judged whose address it is',
            'ヘッダーの書き方の誤りであり、アドレスの持ち主が問題になる前の段階です',
          ),
        },
      ],
    },
  ];
};

/** Servers that read the header of the message say so at its end (Microsoft: 5.7.512, RFC 5322 3.6.2). */
const inReply = (evidence: Evidence, subject: Subject): readonly Finding<Detail>[] =>
  saysSo('config.sender-malformed', evidence, subject).map(({ detail, ...finding }) => ({
    ...finding,
    detail: { path: `${subject.path}.from`, value: detail.sender, says: detail.says },
  }));

export const senderMalformed = defineCause<Detail>({
  id: 'config.sender-malformed',
  title: both('The sender (From) is not well-formed', '差出人 (From) の書き方が正しくありません'),
  about: both(
    'Each message names its sender in the From line: an address, or a name with the address in angle brackets behind it. A name with a comma, a full stop and the like has to stand in quotation marks. Without them the line means several senders or none, and servers refuse the message or show a mutilated sender.',
    'メールには、差出人を示す From 行があります。アドレスだけを書くか、名前の後ろにアドレスを山括弧で囲んで書きます。カンマなどの記号を含む名前は、引用符 (") で囲む必要があります。囲まれていないと、複数の差出人、または差出人なしと解釈され、サーバーに拒否されたり、差出人が正しく表示されなかったりします。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => [...inConfiguration(evidence, subject), ...inReply(evidence, subject)],
  candidates: ({ path, value, fault, address, suggestion }) => {
    if (fault === undefined) return [];
    return [suggestion, address].flatMap((to) => (to === undefined ? [] : [[{ path, from: value, to }]]));
  },
  works: (trial, subject) => {
    const config = trial.fact(mailConfig);
    if (!config || config.sender || config.problems.length > 0) return false;
    if (!subject.services.smtp) return true;
    const outcome = trial.of(smtpAuth);
    return outcome === undefined || (outcome.kind === 'observed' && outcome.fact.mail?.kind === 'accepted');
  },
  because: ({ path, value, fault, says }, change) => {
    const tried =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} the server accepts the sender.`,
            `${changeWords(change)} にすると、サーバーが差出人を受け付けることを確認しました。`,
          )
        : both('', '');
    if (fault === undefined) {
      return both(
        `The server finds the From line of the message malformed: "${says ?? ''}".`,
        `サーバーが、メールの From 行の形式が正しくないとして拒否しました。応答は「${says ?? ''}」です。`,
      );
    }
    return both(
      `The sender ${path} ${JSON.stringify(value)} is not well-formed: ${faults[fault].en}.${tried.en}`,
      `差出人 ${path} ${JSON.stringify(value)} の書き方が正しくありません。${faults[fault].ja}。${tried.ja}`,
    );
  },
  steps: ({ path, suggestion, address }, change) => {
    const to = change[0]?.to ?? suggestion ?? address;
    return [
      to === undefined
        ? both(
            `Set ${path} to an address, or to "Name" <address>.`,
            `${path} には、アドレス、または "名前" <アドレス> の形で入力します。`,
          )
        : both(`Set ${path} to ${String(to)}.`, `${path} を ${String(to)} に変更します。`),
      both(
        'In the CRM enter name and address in their own fields, or put the name in quotation marks: "Aozora, Inc." <sales@…>.',
        'CRM では、名前とアドレスをそれぞれの欄に入力するか、名前を引用符で囲みます（例: "Aozora, Inc." <sales@…>）。',
      ),
      both(
        'Send one message from the CRM and look at its From line in the source of the message.',
        'CRM からテストメールを 1 通送り、メールのソースで From 行を確認します。',
      ),
    ];
  },
});
