import { expect, test } from '@jest/globals';
import type { Engine } from '../../src/guide/engine.ts';
import { solve } from '../../src/guide/solve.ts';
import type { Block, Question, Talk } from '../../src/guide/talk.ts';
import { walkThrough } from '../../src/guide/walk.ts';
import { workflowArea } from '../../src/guide/workflow.ts';
import type { Report } from '../../src/model/report.ts';
import { check, diagnosis, reportOf } from './reports.ts';

/** Goes through the problems of a report with these answers; the reports are what each new check finds. */
const solving = async (first: Report, answers: readonly string[], later: readonly Report[]) => {
  const said: string[] = [];
  const [given, found] = [[...answers], [...later]];
  const talk: Talk = {
    say: (block: Block) => {
      const text = block.kind === 'result' ? block.title : 'text' in block ? block.text : '';
      said.push(typeof text === 'string' ? text : text.en);
    },
    ask: async ({ id }: Question) => {
      const value = given.shift();
      if (value === undefined) throw new Error(`no answer to ${id}`);
      return { kind: 'answer', value };
    },
    wait: () => ({ now: () => {}, stop: () => {} }),
  };
  const engine: Pick<Engine, 'language' | 'run' | 'record'> = {
    language: 'en',
    run: async () => {
      const report = found.shift();
      return report ? { kind: 'ran', report } : { kind: 'refused', says: 'no more reports' };
    },
    record: async () => {},
  };
  const solved = await walkThrough(
    (walk) =>
      solve(
        {
          walk,
          // Only these are asked for on this way.
          engine: engine as Engine,
          talk,
          area: workflowArea,
          aim: { area: 'mail', command: ['check'], first: [], repeat: '', needs: [] },
          since: undefined,
          tried: [],
        },
        first,
      ),
    talk,
    { entries: [], keep: async () => {}, recall: () => {}, noWayBack: () => {} },
  );
  return { said, gone: solved.gone.map(({ id }) => id), left: solved.left.map(({ id }) => id) };
};

const [smtp, imap] = ['smtp smtp.example.co.jp:587', 'imap imap.example.co.jp:993'];
const refused = diagnosis('net.refused', 'mail.port', smtp);
const expired = diagnosis('tls.certificate-expired', 'mail.tls', imap);
const both = reportOf([check('mail.port', smtp, 'fail'), check('mail.tls', imap, 'fail')], [refused, expired]);

test('what went with the problem before it is told, and not asked about', async () => {
  const after = reportOf([check('mail.port', smtp, 'pass'), check('mail.tls', imap, 'pass')]);
  const { said, gone, left } = await solving(both, ['again'], [after]);
  expect(said).toContain('Solved along with it: tls.certificate-expired');
  expect([gone, left]).toEqual([['net.refused', 'tls.certificate-expired'], []]);
});

test.each([
  ['nobody looked there', reportOf([check('mail.port', smtp, 'pass')])],
  ['another server was looked at', reportOf([check('mail.port', smtp, 'pass'), check('mail.tls', smtp, 'pass')])],
  ['there was no time', reportOf([check('mail.port', smtp, 'pass'), check('mail.tls', imap, 'unknown')])],
])('a problem stays in its turn where %s', async (_, after) => {
  const { said, gone, left } = await solving(both, ['again', 'later'], [after]);
  expect(said).toContain('Problem 2/2');
  expect([gone, left]).toEqual([['net.refused'], ['tls.certificate-expired']]);
});

test('the count grows only with a word on what has come to light', async () => {
  const first = reportOf([check('mail.port', smtp, 'fail')], [refused]);
  const after = reportOf(
    [check('mail.port', smtp, 'pass'), check('mail.tls', smtp, 'fail')],
    [diagnosis('tls.certificate-expired', 'mail.tls', smtp), diagnosis('tls.protocol-too-old', 'mail.tls', smtp)],
  );
  const { said } = await solving(first, ['again', 'later', 'later'], [after]);
  const told = said.filter((line) => /^Problem|come to light/.test(line));
  expect(told).toEqual(['Problem 1/1', '2 more problems have come to light.', 'Problem 2/3', 'Problem 3/3']);
});
