import { describe, expect, test } from '@jest/globals';
import { findingsOf, linesOf } from './speaks.ts';

describe('what reading says', () => {
  test('a wrong key gives the edit that renames it, in place', () => {
    const [finding] = findingsOf({
      files: 'workflow: tell\nobject: Deal\ntrigger: { on: update, feilds: [stage] }\nsteps:\n  - log: saved\n',
    }).filter(({ rule }) => rule === 'workflow.parse-unknown-key');
    expect(finding?.fix).toMatchObject({
      auto: 'suggest',
      edits: [{ line: 3, column: 24, endColumn: 30, text: 'fields' }],
    });
  });

  test('one unreadable file does not hide the others', () => {
    const files = {
      'a.yaml': 'workflow: a\ntrigger: { on: [\nobject: Deal\n',
      'b.yaml': 'workflow: b\nobject: Deal\ntrigger: { on: update }\nsteps:\n  - notify: role:x\n    message: y\n',
    };
    expect(linesOf('parse-syntax', { files })).toHaveLength(1);
    expect(linesOf('trigger-no-entry-criteria', { files })).toEqual([3]);
  });

  test('a hostile file with a million wrong keys says no more than a person reads', () => {
    const keys = Array.from({ length: 3000 }, (_, at) => `key${at}: 1\n`).join('');
    expect(linesOf('parse-unknown-key', { files: `workflow: a\n${keys}` }).length).toBeLessThanOrEqual(100);
  });

  test('sentences begin and end as sentences in both languages', () => {
    const files = 'workflow: a\nstepz: []\nactive: maybe\n';
    for (const { message, fix } of findingsOf({ files }).filter(({ kind }) => kind === 'parse'))
      expect([message, fix.says]).toEqual([
        expect.stringMatching(/^\S.*[.!?)]$/),
        expect.stringMatching(/^[A-Z].*[.!?)]$/),
      ]);
    for (const { message } of findingsOf({ files }, undefined, 'ja').filter(({ kind }) => kind === 'parse'))
      expect(message).toMatch(/[。）]$/);
  });
});
