import { randomBytes } from 'node:crypto';
import type { Alteration, RoundTripFact, TripPart } from '../model/trip-facts.ts';
import { authenticationOf } from './authentication-results.ts';
import { readWords, textIn } from './header-words.ts';
import { fieldOf, fieldsOf, type Header, type Part, partsIn, split } from './mime-parts.ts';
import { printable } from './printable.ts';
import { hopsOf, roundsOf } from './received.ts';
import { type Carried, changeOf } from './text-change.ts';

/** The header that makes a message ours; nothing is removed that does not prove to be ours. */
export const markHeader = 'X-Crm-Doctor';

/** Ours has some KiB; of anything larger only the beginning is looked at. */
export const mostBytes = 256 * 1024;

/** A test message before it is sent. */
export interface TestMessage {
  readonly mark: string;
  readonly messageId: string;
  readonly subject: string;
  /** The words in the subject by which it is searched where the header is gone. */
  readonly token: string;
  readonly texts: Readonly<Partial<Record<TripPart, Carried>>>;
  readonly raw: Buffer;
}

/** Each part begins with a line that says which it is, and stays readable whatever happens to the letters. */
const tagOf = (mark: string, part: string): string => `crm-doctor ${mark} ${part}`;

const utf8Lines = [
  'これは crm-doctor が送った動作確認用のメールです。確認が終わると自動で削除されます。',
  'This is a test message of crm-doctor. It is removed when the test is over.',
  '日本語の確認: 漢字 ひらがな カタカナ ①㈱ 「〜」',
];

const isoText = '日本語の確認: 漢字 ひらがな カタカナ';

/** `isoText` in ISO-2022-JP (RFC 1468), which Node reads and does not write. */
const isoBytes = "\x1b$BF|K\\8l$N3NG'\x1b(B: \x1b$B4A;z\x1b(B \x1b$B$R$i$,$J\x1b(B \x1b$B%+%?%+%J\x1b(B";

const carried = (text: string, bytes: Buffer, charset: string): Carried => ({ text, bytes, charset });

const textsOf = (mark: string, subject: string, eightBit: boolean): TestMessage['texts'] => {
  const utf8 = (part: string): Carried => {
    const text = [tagOf(mark, part), ...utf8Lines].join('\r\n');
    return carried(text, Buffer.from(text), 'utf-8');
  };
  const iso = tagOf(mark, 'iso-2022-jp');
  return {
    subject: carried(subject, Buffer.from(subject), 'utf-8'),
    'utf-8': utf8('utf-8'),
    ...(eightBit ? { '8bit': utf8('8bit') } : {}),
    'iso-2022-jp': carried(`${iso}\r\n${isoText}`, Buffer.from(`${iso}\r\n${isoBytes}`, 'latin1'), 'iso-2022-jp'),
  };
};

const rawPart = ({ bytes, charset }: Carried, encoding: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`,
      'latin1',
    ),
    bytes,
    Buffer.from('\r\n'),
  ]);

/**
 * A marked message that carries Japanese in every way in which a CRM may send it, so that the kind of damage shows: the
 * subject in encoded words, UTF-8 in an encoding that all servers pass, UTF-8 as it is where the server takes 8BITMIME, and
 * ISO-2022-JP.
 */
export const compose = async ({
  from,
  to,
  date,
  eightBit = false,
}: {
  readonly from: string;
  readonly to: string;
  readonly date: Date;
  readonly eightBit?: boolean;
}): Promise<TestMessage> => {
  const { default: MimeNode } = await import('nodemailer/lib/mime-node');
  const mark = randomBytes(16).toString('hex');
  const token = mark.slice(0, 8);
  const domain = /@([a-z0-9.-]+)$/i.exec(from)?.[1] ?? 'crm-doctor.invalid';
  const messageId = `<crm-doctor.${mark}@${domain}>`;
  const subject = `crm-doctor 送受信テスト ${token}`;
  const texts = textsOf(mark, subject, eightBit);
  const root = new MimeNode('multipart/mixed', { newline: 'win', disableFileAccess: true, disableUrlAccess: true });
  root.setHeader({
    from,
    to,
    subject,
    'message-id': messageId,
    date: date.toUTCString().replace('GMT', '+0000'),
    [markHeader]: mark,
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
  });
  if (texts['utf-8']) root.createChild('text/plain; charset=utf-8').setContent(texts['utf-8'].text);
  if (texts['8bit']) root.createChild().setRaw(rawPart(texts['8bit'], '8bit'));
  if (texts['iso-2022-jp']) root.createChild().setRaw(rawPart(texts['iso-2022-jp'], '7bit'));
  const raw = await new Promise<Buffer>((resolve, reject) => {
    root.build((error, message) => (error || !message ? reject(error ?? new Error('no message')) : resolve(message)));
  });
  return { mark, messageId, subject, token, texts, raw };
};

/** What came back of it. */
export type Arrived = Omit<NonNullable<RoundTripFact['found']>, 'folder' | 'role' | 'afterMs' | 'specialUse' | 'flags'>;

const lineOf = ({ bytes }: Part, mark: string): string | undefined =>
  new RegExp(`^crm-doctor ${mark} ([a-z0-9-]{1,20})\\s*$`, 'm').exec(bytes.toString('latin1'))?.[1];

const answers = (headers: readonly Header[]): boolean =>
  ['in-reply-to', 'references'].some((name) => fieldOf(headers, name) !== '');

/**
 * Whether a message is the one that was sent: by its mark, by its Message-ID, or, where a gateway has replaced both, by the
 * mark in subject and text of what answers nothing. The mark is 128 random bits, so that nobody else's message has it but an
 * answer that quotes it.
 */
const isOurs = (headers: readonly Header[], parts: readonly Part[], sent: TestMessage): boolean => {
  if (fieldOf(headers, markHeader.toLowerCase()) === sent.mark) return true;
  if (fieldOf(headers, 'message-id') === sent.messageId) return true;
  if (answers(headers) || fieldOf(headers, 'content-type').toLowerCase().startsWith('multipart/report')) return false;
  return (
    readWords(fieldOf(headers, 'subject')).text.includes(sent.token) &&
    parts.some((part) => lineOf(part, sent.mark) !== undefined)
  );
};

const isTripPart = (name: string | undefined, sent: TestMessage): name is TripPart =>
  name !== undefined && name in sent.texts;

const alterationsOf = (subject: string, parts: readonly Part[], sent: TestMessage): readonly Alteration[] => {
  const altered: Alteration[] = [];
  const note = (part: TripPart, got: Carried | undefined): void => {
    const was = sent.texts[part];
    if (!was) return;
    const change = got ? changeOf(was, got) : ({ kind: 'missing' } as const);
    if (change.kind !== 'same') altered.push({ part, change });
  };
  const words = readWords(subject);
  note('subject', subject === '' ? undefined : words);
  const texts = new Map<TripPart, Carried>();
  for (const part of parts) {
    const name = lineOf(part, sent.mark);
    const text = textIn(part.bytes, part.charset);
    if (isTripPart(name, sent)) texts.set(name, { text, bytes: part.bytes, charset: part.charset });
    else if (text.trim() !== '') {
      const shown = printable(text.replace(/\s+/g, ' ').trim().slice(0, 200));
      altered.push({ part: 'message', change: { kind: 'added', words: `${printable(part.type)}: ${shown}` } });
    }
  }
  for (const part of ['utf-8', '8bit', 'iso-2022-jp'] as const) note(part, texts.get(part));
  return altered;
};

// RFC 6376 section 3.4.4 (relaxed): what a signature over the body allows to change.
const relaxed = (body: string): string =>
  body
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/ $/gm, '')
    .replace(/\n+$/, '');

/** Compares a message that was found with the one that was sent; nothing where it is not ours. */
export const inspect = (raw: Buffer, sent: TestMessage): Arrived | undefined => {
  const text = raw.subarray(0, mostBytes).toString('latin1');
  const { headers, body } = split(text);
  const parts = partsIn(text);
  if (!isOurs(headers, parts, sent)) return undefined;
  const altered = alterationsOf(fieldsOf(headers, 'subject')[0] ?? '', parts, sent);
  const inBody = altered.some(({ part }) => part !== 'subject');
  const messageId = fieldOf(headers, 'message-id');
  const replyTo = fieldOf(headers, 'reply-to');
  const returnPath = fieldOf(headers, 'return-path').replace(/^<|>$/g, '');
  const received = fieldsOf(headers, 'received');
  const same = relaxed(body) === relaxed(split(sent.raw.toString('latin1')).body);
  return {
    hops: hopsOf(received),
    subjectIntact: altered.every(({ part }) => part !== 'subject'),
    bodyIntact: !inBody,
    messageIdKept: messageId === sent.messageId,
    ...(messageId === sent.messageId ? {} : { newMessageId: printable(messageId.slice(0, 500)) }),
    altered,
    bodyBytes: same ? 'same' : inBody ? 'changed' : 'reencoded',
    authentication: authenticationOf(fieldsOf(headers, 'authentication-results')),
    ...(returnPath === '' ? {} : { returnPath: printable(returnPath.slice(0, 320)) }),
    ...(replyTo === '' ? {} : { replyTo: printable(readWords(replyTo).text.slice(0, 500)) }),
    rounds: roundsOf(received, fieldsOf(headers, 'delivered-to')),
  };
};
