import { testCases } from '../login-causes.ts';
import { subjectWith } from '../login-evidence.ts';

const address = 'sales@example.co.jp';
const found = {
  folder: 'INBOX',
  role: 'inbox' as const,
  afterMs: 1_500,
  hops: [],
  subjectIntact: true,
  bodyIntact: true,
  messageIdKept: true,
};
const lost = { found: undefined, waitedMs: 60_000 };

testCases([
  { name: 'arrived in time', ill: { roundTrip: { found } }, finds: [] },
  {
    name: 'accepted and found nowhere',
    ill: { roundTrip: lost as object },
    finds: ['deliver.not-received'],
    affects: [address],
    en: ['60 s', 'queued as 4XyZ'],
    ja: ['60 秒', 'queued as 4XyZ'],
    ruledOut: 'deliver.spam-folder',
  },
  {
    name: 'fetched from another mailbox',
    subject: subjectWith({
      imap: { host: 'imap.example.org', port: 993, security: 'tls', username: 'other@example.org' },
    }),
    ill: { roundTrip: { ...lost, sameMailbox: false } as object },
    finds: ['deliver.other-mailbox'],
    affects: [address],
    en: ['other@example.org', 'imap.example.org', 'smtp.example.co.jp'],
    ruledOut: 'deliver.not-received',
  },
  { name: 'two names, but it arrives', ill: { roundTrip: { found, sameMailbox: false } }, finds: [] },
  {
    name: 'the mailbox could not be searched',
    ill: { roundTrip: { ...lost, lookupFailed: { kind: 'broken', how: 'closed', says: 'closed', ms: 1 } } as object },
    finds: [],
  },
  {
    name: 'in the junk folder',
    ill: { roundTrip: { found: { ...found, folder: 'Junk', role: 'junk' } } },
    finds: ['deliver.spam-folder'],
    severity: 'warning',
    affects: [address],
    en: ['folder Junk'],
    ruledOut: 'deliver.not-received',
  },
  {
    name: 'late, held between two servers',
    ill: {
      roundTrip: {
        found: {
          ...found,
          afterMs: 45_000,
          hops: [
            { by: 'smtp.example.co.jp', at: '2026-11-24T00:00:01Z' },
            { by: 'scan.example.co.jp', at: '2026-11-24T00:00:03Z', afterMs: 2_000 },
            { by: 'mx.example.co.jp', at: '2026-11-24T00:00:43Z', afterMs: 40_000 },
          ],
        },
      },
    },
    finds: ['deliver.delayed'],
    severity: 'warning',
    en: ['scan.example.co.jp held it for 40 s before mx.example.co.jp'],
    ja: ['scan.example.co.jp で 40 秒'],
  },
  {
    name: 'late at the last server',
    ill: {
      roundTrip: {
        found: { ...found, afterMs: 45_000, hops: [{ by: 'mx.example.co.jp', at: '2026-11-24T00:00:01Z' }] },
      },
    },
    finds: ['deliver.delayed'],
    severity: 'warning',
    en: ['45 s passed there before the mailbox showed it'],
  },
  {
    name: 'late without any header',
    ill: { roundTrip: { found: { ...found, afterMs: 45_000 } } },
    finds: ['deliver.delayed'],
    severity: 'warning',
    en: ['do not show'],
  },
  { name: 'exactly 20 s are not late', ill: { roundTrip: { found: { ...found, afterMs: 20_000 } } }, finds: [] },
  {
    name: 'the subject is garbled',
    ill: { roundTrip: { found: { ...found, subjectIntact: false } } },
    finds: ['deliver.charset-broken'],
    severity: 'warning',
    confidence: 0.85,
    ja: ['件名'],
  },
  {
    name: 'only the text is changed',
    ill: { roundTrip: { found: { ...found, bodyIntact: false } } },
    finds: ['deliver.charset-broken'],
    severity: 'warning',
    confidence: 0.55,
    ja: ['本文'],
  },
]);
