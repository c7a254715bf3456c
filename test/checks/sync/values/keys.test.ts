import { describe, expect, test } from '@jest/globals';
import { key15Vs18 } from '../../../../checks/sync/key-15-vs-18.cause.ts';
import { keyCollision } from '../../../../checks/sync/key-collision.cause.ts';
import { keyFormat } from '../../../../checks/sync/key-format.cause.ts';
import { keyNotUnique } from '../../../../checks/sync/key-not-unique.cause.ts';
import { textTruncatedChars } from '../../../../checks/sync/text-truncated-chars.cause.ts';
import type { SyncConfig } from '../../../../src/model/sync/subject.ts';
import { id15Of, idSuffix } from '../../../../src/reason/salesforce-id.ts';
import { type Contact, contacts, explainedBy, seeded, withFault, withHonestEdits } from '../../../sync/support/view.ts';

const causes = [key15Vs18, keyCollision, keyFormat, keyNotUnique];
const rows = contacts(2000);
const named = async (left: readonly Contact[], right: readonly Contact[]) =>
  (await explainedBy(causes, left, right)).map(({ cause, population }) => `${cause} ${population}`);
const withKey =
  (change: (id: string) => string) =>
  (row: Contact): Contact => ({ ...row, id: change(row.id ?? '') });

describe('keys that do not find each other', () => {
  test.each([
    ['trim', (id: string) => `${id} `],
    ['lower', (id: string) => id.toLowerCase()],
    ['width', (id: string) => id.replace('C', 'Ｃ')],
    ['letters-digits', (id: string) => `${id.slice(0, 3)}-${id.slice(3)}`],
    ['digits', (id: string) => id.slice(1)],
  ])('%s', async (rule, change) => {
    for (const share of [0.02, 0.6]) {
      const right = withHonestEdits(withFault(rows, share, withKey(change)));
      const found = await explainedBy(causes, rows, right);
      expect(found.map(({ cause, population }) => `${cause} ${population}`)).toEqual([
        'sync.key-format missing',
        'sync.key-format extra',
      ]);
      expect(found[0]?.detail.id).toBe(rule);
    }
  });

  test('keys that only a rule of a proposed key brought together', async () => {
    const key = { left: ['id'], right: ['no'], rules: ['lower'] as const };
    const told = async (more: Pick<SyncConfig['key'], 'unlike'>) =>
      explainedBy(causes, rows, rows, { config: { key: { ...key, ...more } } });
    const [found] = await told({ unlike: { n: 30, of: 40, left: 'C1', right: 'c1' } });
    expect(found).toMatchObject({ cause: 'sync.key-format', effect: 'notation', share: { n: 30, of: 40 } });
    const said = keyFormat.because({ main: found, share: { en: '30 of 40', ja: '40 件中 30 件' } } as never);
    expect(said.ja).toBe(
      '両側にあるレコード 40 件中 30 件は、キー（id / no）の表記が異なります。ここでは「大文字と小文字を区別しない」規則で照合しました。例: C1 は「C1」と「c1」です。',
    );
    expect(await told({})).toEqual([]);
  });

  test('leading zeros', async () => {
    const left = rows.map(withKey((id) => `00${id.slice(1)}`));
    const found = await explainedBy(causes, left, rows.map(withKey((id) => id.slice(1))));
    expect(found[0]).toMatchObject({ cause: 'sync.key-format', detail: { rules: ['zeros'] } });
  });

  test('other records under similar keys are not the same records', async () => {
    const strangers = contacts(300, 9).map((row, at) => ({ ...row, id: `X${100_000 + at}` }));
    expect(await named(rows.slice(0, 300), [...strangers, ...rows.slice(300)])).toEqual([]);
    expect(await named(rows, [...rows.slice(0, 1960), ...strangers.slice(0, 40)])).toEqual([]);
  });

  test('ids of Salesforce in both lengths, and not where the check characters disagree', async () => {
    const random = seeded(3);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    const ids = rows.map(
      () => `003${Array.from({ length: 12 }, () => letters.charAt(Math.floor(random() * 62))).join('')}`,
    );
    const left = rows.map((row, at) => ({ ...row, id: ids[at] ?? '' }));
    const long = (id: string) => `${id}${idSuffix(id)}`;
    for (const share of [0.02, 0.6]) {
      expect(await named(left, withHonestEdits(withFault(left, share, withKey(long))))).toEqual([
        'sync.key-15-vs-18 missing',
        'sync.key-15-vs-18 extra',
      ]);
    }
    expect(
      await named(
        left,
        withFault(
          left,
          0.3,
          withKey((id) => `${id}ZZZ`),
        ),
      ),
    ).toEqual([]);
    // Of a column that refers to others only the length differs; what is cut at 15 characters has lost something.
    const refers = (change: (id: string) => string) =>
      rows.map((row, at) => ({ ...row, owner: change(ids[at % 40] ?? '') }));
    const found = async (right: readonly Contact[]) =>
      (await explainedBy([key15Vs18, textTruncatedChars], refers(String), right)).map(
        ({ cause, effect }) => `${cause} ${effect}`,
      );
    expect(await found(withHonestEdits(refers(long)))).toEqual(['sync.key-15-vs-18 notation']);
    expect(await found(refers((id) => `${id}ZZZ`))).toEqual(['sync.text-truncated-chars wrong']);
    // As Salesforce documents it.
    expect(idSuffix('001A0000006Vm9r')).toBe('IAC');
    expect(id15Of('001A0000006Vm9rIAC')).toBe('001A0000006Vm9r');
  });

  test('one key that means two customers, and not many columns edited', async () => {
    const strangers = contacts(2000, 77);
    for (const share of [0.02, 0.6]) {
      const right = withHonestEdits(
        withFault(rows, share, (row, at) => ({ ...(strangers[at] ?? row), id: row.id ?? '' })),
      );
      expect(await named(rows, right)).toEqual(['sync.key-collision pairs']);
    }
    const moved = withFault(rows, 0.3, (row, at) => ({
      ...row,
      company: strangers[at]?.company ?? '',
      email: strangers[at]?.email ?? '',
      phone: strangers[at]?.phone ?? '',
      address: strangers[at]?.address ?? '',
    }));
    expect(await named(rows, moved)).toEqual([]);
  });

  test('a key that is there twice, once is enough', async () => {
    const again = rows[5] ? [rows[5]] : [];
    expect(await named(rows, [...rows, ...again])).toEqual(['sync.key-not-unique repeated-right']);
    expect(await named([...rows, ...again], rows)).toEqual(['sync.key-not-unique repeated-left']);
  });

  test('edits by hand, and records that are simply missing, name nothing', async () => {
    expect(await named(rows, withHonestEdits(rows).slice(0, 1900))).toEqual([]);
    expect(await named(rows, withHonestEdits(rows, 0.3))).toEqual([]);
  });
});
