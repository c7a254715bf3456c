import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandLine, workplace } from './command-line.ts';

const { directory, remove } = workplace();
const at = (env: Readonly<Record<string, string>> = {}) => ({ cwd: directory, env });
const argv = ['sync', 'left.csv', 'nowhere.csv', '--key', 'id', '--format', 'github'] as const;

beforeAll(() => writeFileSync(join(directory, 'left.csv'), 'id,name\n1,a\n'));
afterAll(remove);

describe('the summary of a job', () => {
  const summary = join(directory, 'summary.md');
  const env = { GITHUB_STEP_SUMMARY: summary };

  test('is added to the file that GitHub names, beside the annotations', async () => {
    writeFileSync(summary, 'before\n');
    const { code, out, err } = await commandLine(argv, at(env));
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/^::error title=sync\.sources right/);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n# crm-doctor sync/);
  });

  test('is not written where another format is asked for, or GitHub names none', async () => {
    writeFileSync(summary, '');
    await commandLine([...argv.slice(0, -1), 'junit'], at(env));
    await commandLine(argv, at());
    expect(readFileSync(summary, 'utf8')).toBe('');
  });

  test('that cannot be written is said, and changes nothing of the result', async () => {
    const folder = join(directory, 'folder');
    mkdirSync(folder);
    const { code, out, err } = await commandLine([...argv, '--lang', 'ja'], at({ GITHUB_STEP_SUMMARY: folder }));
    expect(code).toBe(1);
    expect(out).toContain('::error ');
    expect(err).toMatch(/^crm-doctor: ジョブの要約を書き込めませんでした: /);
  });
});
