import { describe, expect, test } from '@jest/globals';
import { syncYaml } from '../../src/config/new-sync-config.ts';
import { readConfigText } from '../../src/config/read.ts';
import { crmSubjectsOf } from '../../src/model/crm/subject.ts';
import type { SyncProposal } from '../../src/model/sync/proposal.ts';
import type { SideConfig } from '../../src/model/sync/subject.ts';

const says = (en: string) => ({ en, ja: en });
const evidence = [says('the names are the same'), says('equal in 9,612 of 9,800 joined rows')];

const proposal: SyncProposal = {
  kind: 'sync-proposal',
  rows: { left: { looked: 9, whole: true }, right: { looked: 9, whole: true } },
  key: { left: ['id'], right: ['顧客番号'], rules: ['trim', 'zeros'], confidence: 0.97, evidence: [says('unique')] },
  otherKeys: [{ left: ['email'], right: ['email'], rules: [], confidence: 0.8, evidence: [says('unique too')] }],
  failedKeys: [],
  fields: [
    { left: 'name', right: '氏名', confidence: 0.95, evidence },
    { left: 'tel', right: 'tel', as: 'phone', confidence: 0.5, evidence },
    { left: 'at', right: 'at', as: 'timestamp', role: 'updated-at', tolerance: '2s', confidence: 0.9, evidence },
  ],
  ignored: [{ left: 'no', right: 'no', why: says("each system's own") }],
  unmapped: { left: ['memo'], right: [] },
  failures: [],
};

const file = (name: string): { readonly config: SideConfig } => ({
  config: { kind: 'file', file: `/data/${name}`, encoding: 'auto' },
});
const both = { left: file('crm.csv'), right: file('shop.csv') };
const at = '2026-11-26T00:00:00Z';

const read = (yaml: string, before = '') =>
  readConfigText(`${before}${yaml}`, '/etc/crm-doctor.yaml', { LEFT_PASSWORD: 'x' }, { uses: ['sync'] }).sync?.[0]
    ?.config;

describe('a comparison as it is proposed', () => {
  test('is read as it was meant, with what speaks for each line behind it', () => {
    const yaml = syncYaml(proposal, both, { language: 'en', at });
    expect(
      yaml,
    ).toBe(`# Proposed by \`crm-doctor init sync\` on 2026-11-26 from the records of both sides. How sure each line is stands behind it; change what is wrong
sync:
  left:
    file: /data/crm.csv
  right:
    file: /data/shop.csv
  key: { left: id, right: 顧客番号, rules: [trim, zeros] } # 97 %: unique
  # This would do as well: key: email # 80 %: unique too
  fields:
    name: 氏名 # 95 %: the names are the same; equal in 9,612 of 9,800 joined rows
    tel: { right: tel, as: phone } # TO BE CHECKED: 50 %: the names are the same; equal in 9,612 of 9,800 joined rows
    at: { right: at, as: timestamp, role: updated-at, tolerance: 2s } # 90 %: the names are the same; equal in 9,612 of 9,800 joined rows
  # no / no: each system's own
  ignore: [no]
  # Only on the left: memo
`);
    expect(read(yaml)).toEqual({
      left: both.left.config,
      right: both.right.config,
      key: { left: ['id'], right: ['顧客番号'], rules: ['trim', 'zeros'] },
      fields: {
        name: { right: '氏名' },
        tel: { right: 'tel', as: 'phone' },
        at: { right: 'at', as: 'timestamp', role: 'updated-at', tolerance: { kind: 'time', ms: 2000 } },
      },
      ignore: ['no'],
      engine: { kind: 'auto' },
    });
  });

  test('of times without a zone it says what is assumed and what to set, unless that is set', () => {
    const zoned = { ...proposal, zoneless: { left: ['at'], right: [] } };
    const yaml = syncYaml(zoned, both, { language: 'ja', at });
    expect(yaml).toContain('  # タイムゾーンのない時刻の列: at。書かれたとおりに比べ、');
    expect(yaml.split('# timeZone:')).toHaveLength(2);
    expect(read(yaml.replace('    # timeZone:', '    timeZone:'))?.left.timeZone).toBe('Asia/Tokyo');
    const set = { ...both, left: { config: { ...both.left.config, timeZone: 'UTC' } } };
    expect(syncYaml(zoned, set, { language: 'en', at })).not.toContain('without a zone');
  });

  test('without a key has none, says why, and cannot be used as it is', () => {
    const { key: _, ...rest } = proposal;
    const failedKeys = [{ left: ['a', 'b'], right: ['a', 'b'], rules: [], why: [says('not unique'), says('blank')] }];
    const yaml = syncYaml({ ...rest, otherKeys: [], failedKeys }, both, { language: 'ja', at });
    expect(yaml).toContain('  # キーとして使える列が見つからなかったため、設定していません。');
    expect(yaml).toContain('\n  # key: [a, b] # not unique。blank\n');
    expect(() => read(yaml)).toThrow('key');
    expect(syncYaml({ ...rest, otherKeys: [] }, both, { language: 'en', at })).toContain('such as key: id');
  });

  test('names databases, CRMs, filters and zones, and no password', () => {
    const [crm] = crmSubjectsOf([{ type: 'odoo', name: 'production', url: 'https://crm.example.jp' }]);
    if (!crm) throw new Error('no CRM');
    const left: SideConfig = {
      kind: 'database',
      url: 'postgres://crm@db.example.jp/crm',
      password: { secret: 'x' },
      table: 'public.contacts',
      timeZone: 'Asia/Tokyo',
      filter: { stage: ['won', 'a, b'], '${X}, y': { not: ['test'] } },
    };
    const right: SideConfig = { kind: 'crm', type: 'contacts', crm };
    const yaml = syncYaml(
      proposal,
      { left: { config: left, passwordVariable: 'LEFT_PASSWORD' }, right: { config: right } },
      { language: 'en', at },
    );
    const config = read(yaml, 'crm: [{ type: odoo, name: production, url: https://crm.example.jp }]\n');
    expect(config?.left).toEqual({ ...left, password: expect.anything() });
    expect(config?.right).toMatchObject({ kind: 'crm', type: 'contacts', crm: { name: 'production' } });
    expect(yaml).toContain('password: ${LEFT_PASSWORD} # taken from the environment');
    expect(yaml).not.toContain('is not written');
    const bare = syncYaml(proposal, { left: { config: left }, right: { config: right } }, { language: 'en', at });
    expect(bare).toMatch(/\n {4}# The password that stood in the address is not written: .*--left-password-env NAME/);
  });

  test.each([
    'a: b',
    '# no',
    '- x',
    '[a, b]',
    '{a}',
    "it's",
    '"quoted"',
    'two\nlines',
    '${HOME}',
    '$${HOME}',
    'null',
    '12',
    'true',
    ' blank ',
    '',
    '*star',
    'a #b',
    '~',
    '\u2028',
    'key',
    '<<',
  ])('is read with a column %j', (name) => {
    const yaml = syncYaml(
      {
        ...proposal,
        key: { left: [name, 'x'], right: ['x', name], rules: [], confidence: 1, evidence: [says(name)] },
        otherKeys: [{ left: [name], right: [name], rules: [], confidence: 1, evidence: [says(name)] }],
        fields: [
          { left: name, right: name, as: 'text', confidence: 1, evidence: [says(name)] },
          { left: 'y', right: name, confidence: 1, evidence: [] },
        ],
        ignored: [{ left: name, right: name, why: says(name) }],
        unmapped: { left: [name], right: [name] },
      },
      both,
      { language: 'en', at },
    );
    expect(read(yaml)).toMatchObject({
      key: { left: [name, 'x'], right: ['x', name] },
      fields: { [name]: { right: name, as: 'text' }, y: { right: name } },
      ignore: [name],
    });
  });
});
