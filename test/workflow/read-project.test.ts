import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ProjectReading, type ProjectRequest, readProject } from '../../src/workflow/read-project.ts';
import { readSchema } from '../../src/workflow/read-schema.ts';

let root: string;

const native = (id: string): string => `workflow: ${id}\nobject: Deal\ntrigger: { on: create }\nsteps: [{ log: x }]\n`;

const files: Readonly<Record<string, string | Buffer>> = {
  'flows/b.yaml': native('b'),
  'flows/a.yaml': native('a'),
  'flows/deep/c.yml': native('c'),
  'flows/deep/no-extension': native('d'),
  'flows/archive/old.yaml': native('old'),
  'flows/.hidden/e.yaml': native('e'),
  'flows/node_modules/p/f.yaml': native('f'),
  'flows/package.json': '{ "name": "x" }',
  'flows/read me.md': '# workflow: not one\n',
  'flows/image.yaml': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]),
  'broken/good.yaml': native('good'),
  'broken/cut.yaml': 'workflow: cut\nobject: Deal\ntrigger: { on: create\nsteps: [\n',
  'broken/other-cut.yaml': 'a: [\n',
  'broken/sjis.yaml': Buffer.concat([
    Buffer.from('workflow: sjis\nlabel: '),
    Buffer.from([0x8e, 0xf3, 0x92, 0x8d]),
    Buffer.from('\nsteps: []\n'),
  ]),
  'broken/sjis.txt': Buffer.from([0x8e, 0xf3, 0x92, 0x8d]),
  'broken/two.yaml': `${native('one')}---\nworkflow: lost\nsteps: [\n---\n${native('three')}`,
  'named/crm-schema.yaml': 'schema: crm-schema/v1\n',
  'named/samples.yaml': 'samples: []\n',
  'named/crm-doctor.yaml': 'workflow:\n  files: [a]\n',
  'named/empty.yaml': '\n',
  'named/cut.json': '{ "a": [1,',
  'named/cut.xml': '<a><b></a>',
  'named/plain.json': '{}',
  'named/plain.xml': '<a/>',
  'sf schema/crm-schema.yaml': 'schema: crm-schema/v1\nobjects: { Deal: {} }\n',
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crm-doctor-project-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
  await mkdir(join(root, 'links/inner'), { recursive: true });
  await writeFile(join(root, 'links/a.yaml'), native('linked'));
  await symlink(join(root, 'links'), join(root, 'links/inner/again'));
  await symlink(join(root, 'links/a.yaml'), join(root, 'links/inner/b.yaml'));
  await symlink('loop', join(root, 'links/loop'));
  await symlink('nowhere', join(root, 'links/dangling'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

const read = (...paths: readonly string[]): Promise<ProjectReading> => readWith({ paths });

const readWith = (request: Pick<ProjectRequest, 'paths'> & Partial<ProjectRequest>): Promise<ProjectReading> =>
  readProject({ directory: root, now: new Date(0), ...request });

const project = async (request: Pick<ProjectRequest, 'paths'> & Partial<ProjectRequest>) => {
  const reading = await readWith(request);
  if (reading.kind === 'wrong') throw new Error(JSON.stringify(reading.paths));
  return reading.project;
};

const ids = async (request: Pick<ProjectRequest, 'paths'> & Partial<ProjectRequest>): Promise<readonly string[]> =>
  (await project(request)).workflows.map(({ id }) => id);

const said = async (...paths: readonly string[]): Promise<readonly string[]> =>
  (await project({ paths })).problems.map(
    ({ rule, place, message }) => `${rule} ${place.file}:${place.line}:${place.column} ${message.en}`,
  );

describe('which files', () => {
  test.each<[string, Pick<ProjectRequest, 'paths'> & Partial<ProjectRequest>, readonly string[]]>([
    ['a folder, in the order of its names', { paths: ['flows'] }, ['a', 'old', 'b', 'c', 'd']],
    ['the working directory of a folder', { paths: ['./flows/deep'] }, ['c', 'd']],
    ['a file twice is read once', { paths: ['flows/a.yaml', 'flows/a.yaml', './flows/../flows/a.yaml'] }, ['a']],
    ['what is excluded', { paths: ['flows'], exclude: ['**/archive/**', 'deep/*.yml'] }, ['a', 'b', 'd']],
    ['a folder that is excluded', { paths: ['flows'], exclude: ['flows/deep'] }, ['a', 'old', 'b']],
    ['what is named is read although it is excluded', { paths: ['flows/a.yaml'], exclude: ['**'] }, ['a']],
    ['a glob', { paths: ['flows/*.yaml'] }, ['a', 'b']],
    ['a glob over folders', { paths: ['flows/**/*.{yaml,yml}'] }, ['a', 'old', 'b', 'c']],
    ['links to files, not to folders', { paths: ['links'] }, ['linked', 'linked']],
  ])('%s', async (_, request, expected) => {
    expect(await ids(request)).toEqual(expected);
  });

  test('what is none of ours in a folder is counted', async () => {
    const { files: looked } = await project({ paths: ['flows'] });
    expect(looked.filter(({ role }) => role === 'other').map(({ file }) => file)).toEqual([
      'flows/image.yaml',
      'flows/package.json',
      'flows/read me.md',
    ]);
    expect(looked.filter(({ role }) => role === 'workflow')).toHaveLength(5);
  });

  test.each([
    ['nothing.yaml', 'nothing.yaml: there is no such file or folder'],
    ['flows/*.xml', 'flows/*.xml: no file fits this pattern'],
    ['nowhere/*.xml', 'nowhere/*.xml: no file fits this pattern'],
    ['links/loop', 'links/loop: it is a link that leads to itself'],
  ])('%s leads nowhere', async (path, text) => {
    expect(await read('flows', path)).toMatchObject({ kind: 'wrong', paths: [{ path, text: { en: text } }] });
  });

  test('places name files from the working directory', async () => {
    const { workflows } = await project({ paths: [join(root, 'flows/a.yaml')], directory: join(root, 'flows/deep') });
    expect(workflows[0]?.place.file).toBe('../a.yaml');
  });
});

describe('one bad file never hides the others', () => {
  test('in a folder', async () => {
    const { workflows, problems, unread, files: looked } = await project({ paths: ['broken'] });
    expect(workflows.map(({ id }) => id)).toEqual(['good', 'one', 'three']);
    expect(problems.map(({ rule, place }) => `${rule} ${place.file}:${place.line}`)).toEqual([
      'parse-encoding broken/sjis.yaml:2',
      'parse-syntax broken/cut.yaml:4',
      'parse-syntax broken/two.yaml:8',
    ]);
    expect(unread).toEqual(['cut', 'lost']);
    expect(looked.filter(({ role }) => role === 'unreadable').map(({ file }) => file)).toEqual([
      'broken/cut.yaml',
      'broken/sjis.yaml',
    ]);
  });

  // Root opens what nobody else may.
  const asRoot = process.getuid?.() === 0;
  (asRoot ? test.skip : test)('that cannot be opened', async () => {
    await chmod(join(root, 'flows/b.yaml'), 0);
    await chmod(join(root, 'flows/deep'), 0);
    const { workflows, problems } = await project({ paths: ['flows'] });
    expect(workflows.map(({ id }) => id)).toEqual(['a', 'old']);
    expect(problems.map(({ place }) => place.file)).toEqual(['flows/deep', 'flows/b.yaml']);
    await chmod(join(root, 'flows/b.yaml'), 0o600);
    await chmod(join(root, 'flows/deep'), 0o700);
  });
});

describe('a file that is named and is none of ours', () => {
  test.each([
    [
      'named/crm-schema.yaml',
      'parse-unrecognized named/crm-schema.yaml:1:1 this is a schema file and no workflow definition',
    ],
    [
      'named/samples.yaml',
      'parse-unrecognized named/samples.yaml:1:1 this is a file of samples and no workflow definition',
    ],
    [
      'named/crm-doctor.yaml',
      'parse-unrecognized named/crm-doctor.yaml:1:1 this is a configuration of crm-doctor and no workflow definition',
    ],
    ['named/empty.yaml', 'parse-unrecognized named/empty.yaml:1:1 the file is empty'],
    [
      'named/plain.json',
      'parse-unrecognized named/plain.json:1:1 this is no workflow definition that crm-doctor knows',
    ],
    ['named/plain.xml', 'parse-unrecognized named/plain.xml:1:1 this is no workflow definition that crm-doctor knows'],
    [
      'flows/image.yaml',
      'parse-unrecognized flows/image.yaml:1:1 this is no text file, so it is no workflow definition',
    ],
    ['named/cut.json', expect.stringMatching(/^parse-syntax named\/cut\.json:1:\d+ /)],
    ['named/cut.xml', expect.stringMatching(/^parse-syntax named\/cut\.xml:1:\d+ /)],
    ['broken/other-cut.yaml', expect.stringMatching(/^parse-syntax broken\/other-cut\.yaml:2:1 /)],
    ['broken/sjis.txt', expect.stringMatching(/^parse-encoding broken\/sjis\.txt:1:1 /)],
  ])('%s', async (path, expected) => {
    expect(await said(path)).toEqual([expected]);
  });
});

describe('the schema', () => {
  test('of a file', async () => {
    expect(await readSchema('named/crm-schema.yaml', root)).toEqual({ kind: 'read', schema: { complete: false } });
  });

  test.each([
    ['nothing.yaml', 'nothing.yaml: there is no such file or folder'],
    ['flows', 'flows: nothing here describes objects, fields or permissions'],
    ['flows/image.yaml', 'flows/image.yaml: nothing here describes objects, fields or permissions'],
    ['flows/a.yaml', 'flows/a.yaml: nothing here describes objects, fields or permissions'],
  ])('%s has none', async (path, text) => {
    expect(await readSchema(path, root)).toMatchObject({ kind: 'wrong', problems: [{ line: 1, text: { en: text } }] });
  });

  test('a fault has its place', async () => {
    expect(await readSchema('broken/sjis.yaml', root)).toMatchObject({
      kind: 'wrong',
      problems: [{ line: 2, column: 8 }],
    });
  });
});
