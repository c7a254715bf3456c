import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Certificate } from '../../src/model/tls-facts.ts';
import { compareTlsa, readTlsa, type TlsaRecord } from '../../src/reason/tlsa.ts';
import { certificate } from '../checks/evidence.ts';

const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');

/** A certificate of these bytes and with a key of these. */
const made = (bytes: string, key: string): Certificate =>
  certificate({
    fingerprint: hash('sha256', bytes),
    fingerprint512: hash('sha512', bytes),
    keyFingerprint: hash('sha256', key),
    keyFingerprint512: hash('sha512', key),
  });

const chain = [made('the leaf', 'the key'), made('the authority', 'its key')];

const forms = [(text: string) => Buffer.from(text).toString('hex'), 'sha256', 'sha512'] as const;

const record = (usage: number, selector: number, matching: number, text: string): string => {
  const form = forms[matching as 0 | 1 | 2];
  return `${[usage, selector, matching].map((one) => `0${one}`).join('')}${typeof form === 'string' ? hash(form, text) : form(text)}`;
};

const compared = async (records: readonly string[], shown: readonly Certificate[] = chain) => {
  const read = await Promise.all(records.map(readTlsa));
  return compareTlsa(
    read.flatMap((one): readonly TlsaRecord[] => (one ? [one] : [])),
    shown,
  );
};

const texts = { 2: ['the authority', 'its key'], 3: ['the leaf', 'the key'] } as const;

describe.each([2, 3] as const)('usage %d', (usage) => {
  describe.each([0, 1] as const)('selector %d', (selector) => {
    test.each([0, 1, 2] as const)('matching type %d', async (matching) => {
      expect(await compared([record(usage, selector, matching, texts[usage][selector])])).toBe('match');
      const wrong = await compared([record(usage, selector, matching, 'another')]);
      // A whole authority in the record need not be sent.
      expect(wrong).toBe(usage === 2 && matching === 0 ? 'unknown' : 'mismatch');
      // The other selector's bytes are not these.
      expect(await compared([record(usage, selector, matching, texts[usage][1 - selector] ?? '')])).toBe(wrong);
    });
  });
});

test.each([
  ['no certificate was seen', [record(3, 1, 1, 'the key')], []],
  ['a usage that is not for mail', [record(1, 1, 1, 'another'), record(3, 1, 1, 'another')], chain],
  ['a matching type that nobody knows', ['030107aabbccdd'], chain],
  ['a selector that nobody knows', ['030501aabbccdd'], chain],
  ['a run that kept no SHA-512', [record(3, 1, 2, 'the key')], [certificate({ keyFingerprint: 'ab' })]],
  ['a record that is none', ['0301'], chain],
  ['no record', [], chain],
])('%s: not compared', async (_name, records, shown) => {
  expect(await compared(records, shown)).toBe('unknown');
});

test('one record that fits is enough, and the leaf is not the authority of others', async () => {
  expect(await compared([record(3, 1, 1, 'another'), record(3, 0, 2, 'the leaf')])).toBe('match');
  expect(await compared([record(3, 1, 1, 'its key')])).toBe('mismatch');
});
