import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChannelsOf, type OpenChannels, openChannels } from '../../src/cli/notify/open-channels.ts';
import { readConfigText } from '../../src/config/read.ts';
import { subjectsOf } from '../../src/model/mailbox.ts';
import type { Notice, StateNotice } from '../../src/notify/notice.ts';
import type { Outcome } from '../../src/notify/outbox.ts';

export const folder = mkdtempSync(join(tmpdir(), 'crm-doctor-notify-'));

export const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const keyFile = join(folder, 'key.pem');
writeFileSync(keyFile, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** The channels of a configuration's text. */
export const opened = (text: string, more: Partial<ChannelsOf> = {}): Promise<OpenChannels> => {
  const loaded = readConfigText(`version: 1\n${text}`, join(folder, 'crm-doctor.yaml'), more.env ?? {});
  return openChannels({
    notify: loaded.notify ?? [],
    mailboxes: loaded.mail === undefined ? [] : subjectsOf(loaded.mail),
    sources: loaded.secrets,
    language: 'ja',
    timeZone: 'Asia/Tokyo',
    env: {},
    stepMs: 1_500,
    ...more,
  });
};

/** Words that a hostile server might say, for whoever shows them. */
export const hostile = [
  '<!channel> <@U123> <users/all> <https://evil.example|click> &amp;',
  '[toall] [To:123] [info][title]x[/title][/info] [code]',
  '**bold** _it_ ~no~ `code` [link](https://evil.example) ![x](https://evil.example/x.png)',
  '<img src=x onerror=alert(1)> <at>everyone</at> {{activity.text}}',
  'esc \u001b[31mred\u001b[0m bell \u0007 rtl \u202eevil\u202c nul \u0000 line\r\nBcc: evil@example.jp\r\n.\r\n',
].join(' ');

const text = (words: string) => ({ en: words, ja: words });

export const noticeWith = (words: string, more: Partial<StateNotice['item']> = {}): StateNotice => ({
  kind: 'problem',
  id: 'run1.1',
  at: '2026-11-26T00:15:00.000Z',
  severity: 'critical',
  item: {
    cause: 'tls.certificate-expired',
    severity: 'critical',
    title: { en: `The server certificate has expired ${words}`, ja: `サーバー証明書の有効期限切れ ${words}` },
    since: '2026-11-26T00:15:00.000Z',
    mailboxes: ['info@example.jp'],
    count: 1,
    host: 'imap.example.jp',
    affects: ['imap imap.example.jp:993'],
    says: text(`says ${words}`),
    proof: [{ target: 'imap imap.example.jp:993', says: text(`proof ${words}`) }],
    owner: 'mail-admin',
    steps: [text(`step ${words}`)],
    verify: 'crm-doctor check --only mail.tls',
    last: { at: '2026-10-01T00:00:00Z', says: text(`last ${words}`) },
    ...more,
  },
});

export const sendBy = async (
  { channels }: OpenChannels,
  notice: Notice = noticeWith(''),
  name = channels[0]?.name,
): Promise<Outcome> => {
  const channel = channels.find((one) => one.name === name);
  if (!channel) throw new Error('no such channel');
  return channel.send({ notice, id: `${notice.id}.${channel.name}`, uncertain: [] }, new AbortController().signal);
};
