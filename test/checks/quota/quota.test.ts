import { expect, test } from '@jest/globals';
import { sizeText } from '../../../src/model/figure.ts';
import { testCases } from '../login-causes.ts';
import { refused, subjectWith } from '../login-evidence.ts';

const imap = 'imap imap.example.co.jp:993';
const smtp = 'smtp smtp.example.co.jp:587';
const gigabyte = 1_073_741_824;
const full = { storage: { used: gigabyte, limit: gigabyte } };

testCases([
  { name: 'half full', ill: { quota: { storage: { used: gigabyte / 2, limit: gigabyte } } }, finds: [] },
  { name: '89 percent', ill: { quota: { storage: { used: 89, limit: 100 } } }, finds: [] },
  {
    name: '90 percent',
    ill: { quota: { storage: { used: 90, limit: 100 } } },
    finds: ['quota.nearly-full'],
    severity: 'warning',
    en: ['90 %'],
    ja: ['90 %'],
  },
  {
    name: 'full',
    ill: { quota: full },
    finds: ['quota.exceeded'],
    affects: [imap],
    en: ['1 GB of 1 GB'],
    ja: ['1 GB'],
  },
  {
    name: 'full, and SMTP says so too: one finding',
    ill: { quota: full, smtp: { rcpt: refused('552 5.2.2 <sales@example.co.jp>: over quota') } },
    finds: ['quota.exceeded'],
    affects: [imap, smtp],
    en: ['552 5.2.2'],
  },
  {
    name: 'the round trip got lost in a full mailbox',
    ill: { quota: full, roundTrip: { found: undefined } as object },
    finds: ['deliver.not-received', 'quota.exceeded'],
  },
  {
    name: 'only SMTP tells',
    ill: {
      quota: { supported: false, storage: undefined } as object,
      smtp: { rcpt: refused("452 4.2.2 The recipient's inbox is out of storage space.") },
    },
    finds: ['quota.exceeded'],
    affects: [smtp],
  },
  {
    name: 'as many messages as allowed',
    ill: { quota: { messages: { used: 1000, limit: 1000 } } },
    finds: ['quota.message-count'],
    affects: [imap],
    en: ['1000 of 1000 messages'],
    ruledOut: 'quota.exceeded',
  },
  {
    name: 'nearly as many messages as allowed',
    ill: { quota: { messages: { used: 950, limit: 1000 } } },
    finds: ['quota.nearly-full'],
    severity: 'warning',
    en: ['95 %', '950 of 1000 messages'],
  },
  {
    name: 'the storage of the domain is used up, the mailbox has room',
    ill: {
      quota: {
        storage: { used: gigabyte / 2, limit: gigabyte },
        roots: [
          { name: 'User quota', storage: { used: gigabyte / 2, limit: gigabyte } },
          { name: 'aozora.test', storage: { used: 20 * gigabyte, limit: 20 * gigabyte } },
        ],
      },
    },
    finds: ['quota.plan-full'],
    affects: [imap],
    confidence: 0.97,
    en: ['"aozora.test" holds 20 GB of 20 GB', '512 MB of 1 GB'],
    ja: ['「aozora.test」'],
    ruledOut: 'quota.exceeded',
  },
  {
    name: 'two limits, both with room',
    ill: {
      quota: {
        storage: { used: 1, limit: gigabyte },
        roots: [
          { name: 'User quota', storage: { used: 1, limit: gigabyte } },
          { name: 'aozora.test', storage: { used: 2, limit: 20 * gigabyte } },
        ],
      },
    },
    finds: [],
  },
  {
    name: 'the mailbox is full, the domain has room',
    ill: {
      quota: {
        storage: { used: gigabyte, limit: gigabyte },
        roots: [
          { name: 'User quota', storage: { used: gigabyte, limit: gigabyte } },
          { name: 'aozora.test', storage: { used: 2, limit: 20 * gigabyte } },
        ],
      },
    },
    finds: ['quota.exceeded'],
  },
  {
    name: 'the server says that the domain is full',
    ill: { smtp: { rcpt: refused('552 5.2.2 Domain disk quota exceeded') } },
    finds: ['quota.plan-full'],
    en: ['Domain disk quota exceeded'],
  },
  {
    name: 'copies may be much smaller than what is sent, and the CRM stores them',
    subject: subjectWith({ sentCopy: 'crm' }),
    ill: { imap: { appendLimit: 1_048_576 }, smtp: { size: 20_971_520 } },
    finds: ['quota.append-limit'],
    severity: 'warning',
    affects: [imap],
    en: ['1 MB', '20 MB'],
    ja: ['1 MB', '20 MB'],
    ruledOut: 'quota.exceeded',
  },
  {
    name: 'nothing may be stored at all',
    subject: subjectWith({ sentCopy: 'crm' }),
    ill: { imap: { appendLimit: 0 } },
    finds: ['quota.append-limit'],
    severity: 'warning',
    en: ['APPENDLIMIT=0'],
  },
  {
    name: 'the limits of Gmail differ a little',
    subject: subjectWith({ sentCopy: 'crm' }),
    ill: { imap: { appendLimit: 35_651_584 }, smtp: { size: 35_882_577 } },
    finds: [],
  },
  { name: 'a small limit, and nobody who stores', ill: { imap: { appendLimit: 1_048_576 } }, finds: [] },
  { name: 'no quota at all', ill: { quota: { supported: false, storage: undefined } as object }, finds: [] },
  { name: 'a limit of 0 is none', ill: { quota: { storage: { used: 5, limit: 0 } } }, finds: [] },
]);

test.each([
  [0, '0 bytes'],
  [1023, '1023 bytes'],
  [1536, '1.5 KB'],
  [20_000_000, '19.1 MB'],
  [gigabyte, '1 GB'],
  [5 * 1024 ** 4, '5 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
