import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** nobody and nogroup of Debian: a mail store of the lab belongs to nobody in particular. */
export const storeUser = { uid: 65534, gid: 65534 };

/** Where a mail transport agent of the lab puts mail for its domain: an LMTP socket, or homes with a Maildir in each. */
export type Store =
  | { readonly kind: 'lmtp'; readonly where: string }
  | { readonly kind: 'homes'; readonly where: string }
  | { readonly kind: 'nowhere'; readonly where: '' };

/** A folder's name as IMAP writes it (modified UTF-7, RFC 3501 section 5.1.3). */
export const folderUtf7 = (name: string): string =>
  name.replaceAll('&', '&-').replaceAll(/[^\x20-\x7e]+/g, (part) => {
    const utf16 = Buffer.from(part, 'utf16le').swap16();
    return `&${utf16.toString('base64').replaceAll('/', ',').replace(/=+$/, '')}-`;
  });

const makeMaildir = (dir: string): void => {
  for (const part of ['', 'cur', 'new', 'tmp']) {
    mkdirSync(path.join(dir, part), { recursive: true });
    chownSync(path.join(dir, part), storeUser.uid, storeUser.gid);
  }
};

/** What lies in a mailbox from the start. */
export interface MailboxContent {
  /** Folders beside INBOX, as a person writes them. */
  readonly folders?: readonly string[];
  /** Messages that lie in INBOX. */
  readonly messages?: { readonly count: number; readonly bytes: number };
}

/** A user's home with a Maildir++ in it, which Dovecot and Courier read alike. */
export const fillMailbox = (home: string, content: MailboxContent): void => {
  const maildir = path.join(home, 'Maildir');
  mkdirSync(home, { recursive: true });
  chownSync(home, storeUser.uid, storeUser.gid);
  makeMaildir(maildir);
  for (const folder of content.folders ?? []) makeMaildir(path.join(maildir, `.${folderUtf7(folder)}`));
  const { count, bytes } = content.messages ?? { count: 0, bytes: 0 };
  for (let n = 1; n <= count; n++) {
    const head = `From: kokyaku@partner.test\r\nTo: sales@aozora.test\r\nSubject: No. ${n}\r\n\r\n`;
    const body = `${'0123456789'.repeat(7)}\r\n`.repeat(Math.max(1, Math.ceil((bytes - head.length) / 72)));
    const file = path.join(maildir, 'cur', `1700000${String(n).padStart(3, '0')}.lab${n}.mail:2,S`);
    writeFileSync(file, head + body);
    chownSync(file, storeUser.uid, storeUser.gid);
  }
};
