import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/cli/command.ts';
import { openBaseline } from '../../src/cli/workflow/revision.ts';

let root = '';
const git = (...words: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.co.jp', ...words], { cwd: root });

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'crm-doctor-revision-'));
  git('init', '-q', '-b', 'main');
  mkdirSync(join(root, 'crm', 'flows'), { recursive: true });
  writeFileSync(join(root, 'crm', 'flows', '受注 通知.yaml'), 'workflow: 旧\n');
  writeFileSync(join(root, 'other.txt'), 'not of the definitions\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  git('tag', 'good');
  writeFileSync(join(root, 'crm', 'flows', '受注 通知.yaml'), 'workflow: 新\n');
  git('commit', '-q', '-a', '-m', 'second');
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('an earlier version of the definitions', () => {
  test.each(['good', 'HEAD~1', 'main~1'])('is read from the revision %s, and nothing else of it', async (revision) => {
    const baseline = await openBaseline(revision, ['flows'], join(root, 'crm'));
    expect(baseline.paths).toEqual(['flows']);
    expect(readFileSync(join(baseline.cwd, 'flows', '受注 通知.yaml'), 'utf8')).toBe('workflow: 旧\n');
    expect(readdirSync(join(baseline.cwd, '..'))).toEqual(['crm']);
    await baseline.dispose();
    expect(existsSync(baseline.cwd)).toBe(false);
  });

  test('leaves the repository as it was', async () => {
    const before = git('status', '--porcelain').toString();
    await (await openBaseline('good', ['.'], root)).dispose();
    expect(git('status', '--porcelain').toString()).toBe(before);
  });

  test('is read from a folder', async () => {
    const folder = join(root, 'old');
    mkdirSync(join(folder, 'flows'), { recursive: true });
    const baseline = await openBaseline('../old', ['flows'], join(root, 'crm'));
    expect(baseline).toMatchObject({ cwd: folder, paths: ['flows'] });
    await baseline.dispose();
    expect(existsSync(folder)).toBe(true);
  });

  test.each(['nowhere', '--output=x', 'HEAD~99', 'good\0', '-h'])('%j is refused in a sentence', async (given) => {
    await expect(openBaseline(given, ['flows'], join(root, 'crm'))).rejects.toThrow(UsageError);
  });

  test('files outside of the repository are refused', async () => {
    await expect(openBaseline('good', ['../..'], join(root, 'crm'))).rejects.toThrow(/outside of the repository/);
  });

  test('a repository without a work tree is refused in a sentence', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'crm-doctor-bare-'));
    execFileSync('git', ['clone', '-q', '--bare', root, bare]);
    await expect(openBaseline('good', ['.'], bare)).rejects.toThrow(UsageError);
    rmSync(bare, { recursive: true });
  });

  test('outside of any repository a revision is refused', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'crm-doctor-bare-'));
    await expect(openBaseline('main', ['.'], bare)).rejects.toThrow(UsageError);
    rmSync(bare, { recursive: true });
  });
});
