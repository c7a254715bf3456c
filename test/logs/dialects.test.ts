import { describe, expect, test } from '@jest/globals';
import { cutterFor } from '../../src/logs/dialects.ts';

const mtime = new Date(2026, 10, 24, 12).getTime();
const cut = (line: string, header = '') => cutterFor({ mtime, header })(line);
const local = (...parts: readonly [number, number, number, number, number, number]) => new Date(...parts).getTime();

describe('how a line is cut', () => {
  test.each<[string, string, string, number, Record<string, unknown>]>([
    [
      'Postfix behind RFC 3164',
      'Nov 24 09:00:01 mx postfix/smtp[813]: 4Xd1Ab2CdEz1: to=<b@example.net>, status=bounced (x)',
      '',
      local(2026, 10, 24, 9, 0, 1),
      { dialect: 'postfix', program: 'postfix/smtp', queueId: '4Xd1Ab2CdEz1', side: 'client-log' },
    ],
    [
      'a December line in a file of November',
      'Dec 31 23:59:59 mx postfix/smtpd[1]: warning: x',
      '',
      local(2025, 11, 31, 23, 59, 59),
      { dialect: 'postfix', side: 'server-log' },
    ],
    [
      'RFC 3339 behind rsyslog',
      '2026-11-24T09:00:01.500+09:00 mx dovecot: imap-login: Error: x session=<abc123>',
      '',
      Date.UTC(2026, 10, 24, 0, 0, 1, 500),
      { dialect: 'dovecot', level: 'error', queueId: 'abc123' },
    ],
    [
      'RFC 5424',
      '<27>1 2026-11-24T00:00:01Z mx exim 700 - - 1tAbCd-0001Xy-4f ** b@example.net: Unrouteable address',
      '',
      Date.UTC(2026, 10, 24, 0, 0, 1),
      { dialect: 'exim', queueId: '1tAbCd-0001Xy-4f', level: 'error' },
    ],
    [
      'journald',
      '{"__REALTIME_TIMESTAMP":"1795478401000000","SYSLOG_IDENTIFIER":"postfix/smtp","PRIORITY":"6","MESSAGE":"4Xd1Ab2CdEz1: message-id=<1@x.test>"}',
      '',
      1795478401000,
      { dialect: 'postfix', decoded: true, messageId: '<1@x.test>' },
    ],
    [
      'journald with a message of bytes',
      '{"__REALTIME_TIMESTAMP":"1795478401000000","SYSLOG_IDENTIFIER":"dovecot","MESSAGE":[72,105]}',
      '',
      1795478401000,
      { text: 'Hi' },
    ],
    [
      'Odoo in UTC',
      '2026-11-24 00:00:17,001 4711 ERROR crm16 odoo.addons.mail: boom',
      '',
      Date.UTC(2026, 10, 24, 0, 0, 17, 1),
      { dialect: 'odoo', level: 'error', program: 'odoo.addons.mail' },
    ],
    ['EspoCRM', '[2026-11-24 09:00:18] WARNING: (403) x', '', local(2026, 10, 24, 9, 0, 18), { dialect: 'espocrm' }],
    [
      'SuiteCRM',
      'Tue Nov 24 09:00:18 2026 [1234][1][FATAL] x',
      '',
      local(2026, 10, 24, 9, 0, 18),
      { dialect: 'suitecrm', level: 'error' },
    ],
    [
      'Request Tracker',
      '[1] [Tue Nov 24 00:00:18 2026] [error]: <rt-1@x.test> boom',
      '',
      Date.UTC(2026, 10, 24, 0, 0, 18),
      { dialect: 'request-tracker', messageId: '<rt-1@x.test>' },
    ],
    [
      'Tryton',
      '7 140 [2026-11-24 09:00:18,500] ERROR trytond.sendmail x',
      '',
      local(2026, 10, 24, 9, 0, 18) + 500,
      { dialect: 'tryton', program: 'trytond.sendmail' },
    ],
    [
      'PHP',
      '[24-Nov-2026 00:00:15 UTC] PHP Warning:  x',
      '',
      Date.UTC(2026, 10, 24, 0, 0, 15),
      { dialect: 'phpmailer' },
    ],
    [
      "PHPMailer's dialogue",
      '2026-11-24 00:00:15	SERVER -> CLIENT: 535 no',
      '',
      Date.UTC(2026, 10, 24, 0, 0, 15),
      { dialect: 'phpmailer', side: 'client-reply' },
    ],
    [
      'pino',
      '{"level":50,"time":1795478401000,"msg":"send","err":{"message":"connect ECONNREFUSED 127.0.0.1:587"}}',
      '',
      1795478401000,
      { dialect: 'node', level: 'error', text: 'send connect ECONNREFUSED 127.0.0.1:587' },
    ],
    [
      'a message trace',
      '2026-11-24T00:00:11.0000000Z,a@example.jp,b@example.net,"Hello, ""you""",Failed,<m1@example.jp>,550 5.4.1 no',
      'origin_timestamp_utc,sender_address,recipient_address,message_subject,recipient_status,message_id,custom_data',
      Date.UTC(2026, 10, 24, 0, 0, 11),
      {
        dialect: 'exchange',
        messageId: '<m1@example.jp>',
        level: 'error',
        text: 'Failed 550 5.4.1 no to=<b@example.net>',
      },
    ],
    [
      "Salesforce's email log",
      '"11/24/2026 9:00 PM","0JZ1","b@exmaple.net","P","no MXs for this domain could be reached"',
      'Date/Time,Email Log Record ID,Recipient,Mail Event,Delivery Status Notification',
      Date.UTC(2026, 10, 24, 21),
      { dialect: 'salesforce', level: 'error' },
    ],
  ])('%s', (_name, line, header, at, parts) => {
    expect(cut(line, header)).toMatchObject({ at, ...parts });
  });

  test('29 February of a year that has none does not end the reading', () => {
    expect(cut('Feb 29 09:00:01 mx postfix/smtpd[1]: warning: x').dialect).toBe('postfix');
  });
});
