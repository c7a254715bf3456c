import { expect, test } from '@jest/globals';
import { problemsOf, standingOf } from '../../src/guide/problems.ts';
import type { Report } from '../../src/model/report.ts';
import { check, diagnosis, reportOf } from './reports.ts';

const imap = 'imap imap.example.co.jp:993';
const refused = diagnosis('auth.wrong-password', 'mail.imap-auth', imap);
const before = reportOf([check('mail.imap-auth', imap, 'fail')], [refused]);

const [problem] = problemsOf(before, 'en');

test.each<{ what: string; after: Report; standing: 'gone' | 'there' | 'unseen' }>([
  { what: 'the check is good', after: reportOf([check('mail.imap-auth', imap, 'pass')]), standing: 'gone' },
  { what: 'the cause is named again', after: before, standing: 'there' },
  { what: 'there was no time', after: reportOf([check('mail.imap-auth', imap, 'unknown')]), standing: 'unseen' },
  { what: 'it waits for another check', after: reportOf([check('mail.imap-auth', imap, 'skip')]), standing: 'unseen' },
  { what: 'crm-doctor failed there', after: reportOf([check('mail.imap-auth', imap, 'error')]), standing: 'unseen' },
  { what: 'nobody looked', after: reportOf([check('mail.port', imap, 'pass')]), standing: 'unseen' },
  {
    what: 'something else is wrong there now',
    after: reportOf([check('mail.imap-auth', imap, 'fail')], [diagnosis('quota.full', 'mail.imap-auth', imap)]),
    standing: 'gone',
  },
  {
    what: 'only another protocol was good',
    after: reportOf([check('mail.imap-auth', imap, 'unknown'), check('mail.smtp-auth', 'smtp a:587', 'pass')]),
    standing: 'unseen',
  },
  {
    what: 'the port was changed',
    after: reportOf([check('mail.imap-auth', 'imap imap.example.co.jp:143', 'pass')]),
    standing: 'gone',
  },
])('$what: $standing', ({ after, standing }) => {
  expect(problem && standingOf(problem, after, 'en')).toBe(standing);
});

test('a host that was corrected is looked at under its new name', () => {
  const wrong = reportOf(
    [check('mail.dns', 'imap.exmaple.co.jp', 'fail')],
    [diagnosis('dns.typo', 'mail.dns', 'imap.exmaple.co.jp')],
  );
  const [typo] = problemsOf(wrong, 'en');
  const after = reportOf([check('mail.dns', 'imap.example.co.jp', 'pass')]);
  expect(typo && standingOf(typo, after, 'en')).toBe('gone');
});
