import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { readConfigText } from '../../src/config/read.ts';

const shipped = new URL('../../schema/crm-doctor-config.v1.json', import.meta.url);

test('the shipped schema is the one of the code', async () => {
  expect(JSON.parse(await readFile(shipped, 'utf8'))).toEqual(configJsonSchema());
});

describe('schema and reader say the same', () => {
  const valid = new Ajv2020({ allowUnionTypes: true }).compile(configJsonSchema());
  const readable = (config: unknown): boolean => {
    try {
      readConfigText(JSON.stringify(config), '/etc/crm-doctor.json', { PORT: '993', ON: 'true' });
      return true;
    } catch {
      return false;
    }
  };
  const mail = (more: object): object => ({ version: 1, mail: { address: 'a@example.jp', ...more } });
  const sync = (more: object): object => ({
    sync: { left: { file: 'a' }, right: { file: 'b' }, key: ['id'], ...more },
  });

  test.each<[string, boolean, unknown]>([
    ['a mailbox', true, mail({ smtp: { host: 'h', port: 587, security: 'starttls' } })],
    ['port 99999', true, mail({ smtp: { host: 'h', port: 99_999 } })],
    ['the CRM as others see it', true, mail({ ehlo: 'crm.example.jp', family: 4 })],
    ['a runtime with its version', true, mail({ as: { runtime: 'php', version: '7.0', sni: false } })],
    ['a version without a runtime', false, mail({ as: { version: '7.0' } })],
    ['a store of its own', true, mail({ trust: 'none', verify: false })],
    ['a client certificate', true, mail({ clientCertificate: { cert: 'c.pem', key: 'k.pem', passphraseFile: 'p' } })],
    ['a client key alone', false, mail({ clientCertificate: { key: 'k.pem' } })],
    ['an unknown family', false, mail({ family: 5 })],
    ['mechanisms', true, mail({ smtp: { host: 'h', mechanism: 'cram-md5' }, pop3: { host: 'h', mechanism: 'user' } })],
    ['USER over SMTP', false, mail({ smtp: { host: 'h', mechanism: 'user' } })],
    ['who stores copies, and IDLE', true, mail({ sentCopy: 'crm', imap: { host: 'h', idle: true } })],
    ['nobody who stores copies', false, mail({ sentCopy: 'nobody' })],
    ['an empty host', true, mail({ smtp: { host: '' } })],
    ['a port from the environment', true, mail({ imap: { host: 'h', port: '${PORT}', folder: '受注' } })],
    ['a switch from the environment', true, mail({ roundTrip: { enabled: '${ON}', timeout: '1m30s' } })],
    ['a number as password', true, mail({ password: 12_345 })],
    [
      'two mailboxes',
      true,
      {
        mail: [
          { name: 'a', address: 'a@b' },
          { name: 'c', address: 'c@d' },
        ],
      },
    ],
    [
      'a comparison',
      true,
      sync({ fields: { a: 'b', c: { right: 'd', as: 'phone' } }, interval: '15m', engine: 'local' }),
    ],
    ['tolerances', true, sync({ fields: { a: { tolerance: 0.5 }, b: { tolerance: '2' }, c: { tolerance: '1m30s' } } })],
    ['a tolerance in words', false, sync({ fields: { a: { tolerance: 'little' } } })],
    ['a tolerance below nothing', false, sync({ fields: { a: { tolerance: -1 } } })],
    ['another engine', true, sync({ engine: { clickhouse: 'http://h' }, key: { left: 'a', right: 'b' } })],
    ['rules', true, { workflow: { files: ['a'], rules: { a: 'off', b: ['warning', { limit: 7 }] } } }],
    ['paces', true, { watch: { every: { 'mail.port': '15m', 'sync.*': '30 3 * * mon-fri', 'mail.logs': 'off' } } }],
    ['a pace as a number', false, { watch: { every: { 'mail.port': 15 } } }],
    ['a pace in words', false, { watch: { every: { 'mail.port': 'often' } } }],
    ['four fields', false, { watch: { every: { 'sync.*': '30 3 * *' } } }],
    ['quiet hours', true, { watch: { quietHours: { from: '22:00', to: '7:00', days: ['mon'], except: 'critical' } } }],
    ['several quiet hours', true, { watch: { quietHours: [{ from: '22:00', to: '24:00' }] } }],
    ['an hour 25', false, { watch: { quietHours: { from: '25:00', to: '7:00' } } }],
    ['maintenance', true, { watch: { maintenance: [{ from: '2026-12-01T22:00', to: '2026-12-03 02:00:00+09:00' }] } }],
    ['maintenance again and again', true, { watch: { maintenance: [{ cron: '0 2 * * 0', for: '2h', look: true }] } }],
    ['maintenance without an end', false, { watch: { maintenance: [{ from: '2026-12-01T22:00' }] } }],
    ['maintenance without a length', false, { watch: { maintenance: [{ cron: '0 2 * * 0' }] } }],
    [
      'both kinds of maintenance',
      false,
      { watch: { maintenance: [{ cron: '0 2 * * 0', for: '2h', from: '2026-12-01T22:00', to: '2026-12-02T22:00' }] } },
    ],
    ['a date alone', false, { watch: { maintenance: [{ from: '2026-12-01', to: '2026-12-02' }] } }],
    ['a quoted port', false, mail({ smtp: { host: 'h', port: '587' } })],
    ['half a port', false, mail({ smtp: { host: 'h', port: 587.5 } })],
    ['an unknown key', false, mail({ adress: 'x' })],
    ['a folder for SMTP', false, mail({ smtp: { host: 'h', folder: 'INBOX' } })],
    ['a service without host', false, mail({ smtp: { port: 25 } })],
    ['a wrong word', false, mail({ as: 'ruby' })],
    ['two forms of a password', false, mail({ password: 'a', passwordFile: 'b' })],
    ['a number as file', false, mail({ passwordFile: 1 })],
    ['a duration without unit', false, mail({ roundTrip: { timeout: '60' } })],
    ['an empty duration', false, mail({ roundTrip: { timeout: '' } })],
    ['an empty list', false, { mail: [] }],
    ['an entry without name', false, { mail: [{ address: 'a@b' }] }],
    ['two sources on a side', false, sync({ left: { crm: 'a', file: 'b' } })],
    ['another version', false, { version: 2 }],
    ['a list', false, []],
    ['null', false, mail({ ca: null })],
  ])('%s', (_, good, config) => {
    expect([valid(config), readable(config)]).toEqual([good, good]);
  });
});
