import { randomBytes } from 'node:crypto';
import type { Hop } from '../model/wire-facts.ts';
import { hopsOf } from './received.ts';

/** The header that makes a message ours; nothing is removed that does not carry exactly its value. */
export const markHeader = 'X-Crm-Doctor';

/** A test message before it is sent. */
export interface TestMessage {
  readonly mark: string;
  readonly messageId: string;
  readonly subject: string;
  readonly body: string;
  readonly raw: Buffer;
}

const bodyOf = (mark: string): string =>
  [
    'これは crm-doctor が送った動作確認用のメールです。確認が終わると自動で削除されます。',
    'This is a test message of crm-doctor. It is removed when the test is over.',
    '日本語の確認: 漢字 ひらがな カタカナ ①㈱ 「〜」',
    `crm-doctor ${mark}`,
  ].join('\n');

/** A marked message with Japanese in subject and body, so that a broken character set is seen too. */
export const compose = async ({
  from,
  to,
  date,
}: {
  readonly from: string;
  readonly to: string;
  readonly date: Date;
}): Promise<TestMessage> => {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const mark = randomBytes(16).toString('hex');
  const domain = /@([a-z0-9.-]+)$/i.exec(from)?.[1] ?? 'crm-doctor.invalid';
  const messageId = `<crm-doctor.${mark}@${domain}>`;
  const subject = `crm-doctor 送受信テスト ${mark.slice(0, 8)}`;
  const body = bodyOf(mark);
  const composer = new MailComposer({
    from,
    to,
    subject,
    text: body,
    messageId,
    date,
    headers: { [markHeader]: mark, 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await new Promise<Buffer>((resolve, reject) => {
    composer
      .compile()
      .build((error, message) => (error || !message ? reject(error ?? new Error('no message')) : resolve(message)));
  });
  return { mark, messageId, subject, body, raw };
};

/** What came back of it. */
export interface Arrived {
  readonly mark: string;
  readonly hops: readonly Hop[];
  readonly subjectIntact: boolean;
  readonly bodyIntact: boolean;
  readonly messageIdKept: boolean;
}

interface Header {
  readonly name: string;
  readonly value: string;
}

const mostHeaders = 500;

const headersOf = (head: string): readonly Header[] => {
  const fields: Header[] = [];
  for (const line of head.split(/\r?\n/)) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last) {
      fields[fields.length - 1] = { name: last.name, value: `${last.value}\n${line}`.slice(0, 10_000) };
      continue;
    }
    const cut = line.indexOf(':');
    if (cut > 0 && fields.length < mostHeaders)
      fields.push({ name: line.slice(0, cut).trim().toLowerCase(), value: line.slice(cut + 1).trim() });
  }
  return fields;
};

const unfolded = (value: string): string => value.replace(/\n[ \t]+/g, ' ').trim();

const textIn = (bytes: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
};

const fromQuoted = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** RFC 2047, in whatever character set a gateway has put it. */
const decodedWords = (value: string): string => {
  const joined = unfolded(value).replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?)/gi, '$1');
  // Parts of one character may stand in two words (which the RFC forbids and many do): bytes of like words are joined.
  const like = joined.replace(/=\?([^?\s]+)\?b\?([^?\s]*)\?=(?:=\?\1\?b\?([^?\s]*)\?=)+/gi, (run) => {
    const charset = /^=\?([^?]+)/.exec(run)?.[1] ?? 'utf-8';
    const bytes = Buffer.concat(
      [...run.matchAll(/\?b\?([^?]*)\?=/gi)].map(([, text = '']) => Buffer.from(text, 'base64')),
    );
    return textIn(bytes, charset);
  });
  return like.replace(/=\?([^?\s]+)\?([bq])\?([^?\s]*)\?=/gi, (_, charset: string, form: string, text: string) => {
    const bytes = form.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : fromQuoted(text.replaceAll('_', ' '));
    return textIn(bytes, charset.replace(/\*.*$/, ''));
  });
};

const settled = (text: string): string => text.normalize('NFC').replace(/\r\n/g, '\n').replace(/\s+$/gm, '').trim();

/** Compares a message that was found with the one that was sent; nothing where it is not ours. */
export const inspect = (raw: Buffer, sent: TestMessage): Arrived | undefined => {
  const text = raw.toString('latin1');
  const cut = /\r?\n\r?\n/.exec(text);
  const headers = headersOf(cut ? text.slice(0, cut.index) : text);
  const all = (name: string): readonly string[] =>
    headers.flatMap((header) => (header.name === name ? [header.value] : []));
  const one = (name: string): string => unfolded(all(name)[0] ?? '');
  const mark = one(markHeader.toLowerCase());
  if (mark !== sent.mark) return undefined;
  const rest = cut ? text.slice(cut.index + cut[0].length) : '';
  const encoding = one('content-transfer-encoding').toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(rest, 'base64')
      : encoding === 'quoted-printable'
        ? fromQuoted(rest)
        : Buffer.from(rest, 'latin1');
  const charset = /charset="?([^";\s]+)/i.exec(one('content-type'))?.[1] ?? 'utf-8';
  // A subject in raw UTF-8 came in as single bytes above.
  const subject = Buffer.from(decodedWords(all('subject')[0] ?? ''), 'utf8').toString('utf8');
  const rawSubject = Buffer.from(unfolded(all('subject')[0] ?? ''), 'latin1').toString('utf8');
  return {
    mark,
    hops: hopsOf(all('received')),
    subjectIntact: [subject, rawSubject].some((words) => settled(words) === settled(sent.subject)),
    bodyIntact: settled(textIn(bytes, charset)) === settled(sent.body),
    messageIdKept: one('message-id') === sent.messageId,
  };
};
