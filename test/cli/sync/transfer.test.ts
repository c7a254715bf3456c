import { describe, expect, test } from '@jest/globals';
import { tellsReading, transferWords } from '../../../src/cli/sync/transfer.ts';
import type { RunEvent } from '../../../src/model/event.ts';
import type { SourceFacts } from '../../../src/model/sync/source.ts';

const facts = (more: Partial<SourceFacts>): SourceFacts => ({
  ...{ format: 'postgresql', name: 'table a', columns: [], notes: [] },
  ...more,
});
const expected = { rows: 1_000_000, bytes: 164 * 1024 * 1024 };
const read = { kind: 'read' } as const;

describe('what comes over is said', () => {
  test('of a file nothing, for nothing does', () => {
    expect(transferWords(facts({}), read)).toEqual({ en: '', ja: '' });
  });

  test('of a table by its catalogue, with a filter at most, and unknown where there is no estimate', () => {
    expect(transferWords(facts({ expected }), read)).toEqual({
      en: '; about 1,000,000 records, 164.0 MiB come over',
      ja: '。転送量は約 1,000,000 件、164.0 MiB の見込みです',
    });
    expect(transferWords(facts({ expected: { ...expected, atMost: true } }), read).en).toBe(
      '; at most about 1,000,000 records, 164.0 MiB come over',
    );
    expect(transferWords(facts({ expected: {} }), read).en).toBe(
      '; how much comes over is not known before: the service does not tell',
    );
  });

  test('by checksums: where nothing differs, where one in a hundred does, and all that stays', () => {
    const way = { kind: 'checksums', rows: 1_000_000, cluster: false, inPlace: false } as const;
    expect(transferWords(facts({ expected }), way).en).toBe(
      '; about 206.9 KiB of checksums and samples come over where nothing differs, about 10.2 MiB where one record in 100 does, instead of about 164.0 MiB',
    );
    expect(transferWords(facts({ expected }), { ...way, cluster: true, inPlace: true }).en).toBe(
      '; about 206.9 KiB of checksums and samples come over where nothing differs, about 10.2 MiB where one record in 100 does, a sample of at most about 671.7 KiB where most do, instead of about 164.0 MiB; the cluster reads the table in place, up to 11 times (about 1.8 GiB between the two servers)',
    );
    expect(transferWords(facts({ expected: { rows: 0 } }), way).en).toContain('not known before');
  });

  test('afterwards beside what was said before, with the waits', () => {
    const came = { rows: 5, bytes: 2048, requests: 3, waits: 2, waitedMs: 3_000 };
    expect(transferWords(facts({ expected: { rows: 5, requests: 3 }, came }), read)).toEqual({
      en: '; 2.0 KiB, 3 requests came over, waited 3.0 s because it asked for it (2 times) (said before: about 5 records in about 3 requests)',
      ja: '。転送済み 2.0 KiB、リクエスト 3 回、サービスの要求で 3.0 秒待機（2 回）（事前の見積もり: 約 5 件（リクエスト約 3 回））',
    });
  });

  test('once before, which stays on the screen, then how far it is', () => {
    const events: RunEvent[] = [];
    const tell = tellsReading({ listener: (event) => events.push(event) }, 'sync', 'left contacts');
    tell({ kind: 'expected', expected: { rows: 5 } });
    tell({ kind: 'came', came: { rows: 2, requests: 1 }, of: 5, waiting: true });
    expect(events).toEqual([
      {
        kind: 'check-announced',
        id: 'sync.sources',
        target: 'left contacts',
        says: { en: 'about 5 records come over', ja: '転送量は約 5 件の見込みです' },
      },
      {
        kind: 'check-progressed',
        id: 'sync.sources',
        target: 'sync',
        says: {
          en: expect.stringContaining('2 of 5 records, 1 requests, waits because the service asks for it'),
          ja: expect.stringContaining('5 件中 2 件、リクエスト 1 回、サービスの要求で待機中'),
        },
      },
    ]);
  });
});
