import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Sample } from '../../src/model/workflow/sample.ts';
import { readSamples, readSamplesText } from '../../src/workflow/samples-file.ts';

const samplesOf = (text: string): readonly Sample[] => {
  const reading = readSamplesText(text, 'samples.yaml');
  if (reading.kind === 'wrong') throw new Error(JSON.stringify(reading.problems));
  return reading.samples;
};

const wrong = (text: string): readonly string[] => {
  const reading = readSamplesText(text, 'samples.yaml');
  if (reading.kind === 'read') return [];
  return reading.problems.map(
    ({ line, column, path, text: { en }, suggestion }) =>
      `${line}:${column} ${path} ${en}${suggestion === undefined ? '' : ` → ${suggestion}`}`,
  );
};

const documented = readFileSync(new URL('./native/documented/samples.yaml', import.meta.url), 'utf8');

test('the example of the format', () => {
  expect(samplesOf(documented)).toEqual([
    {
      name: 'a large deal is won',
      workflow: 'deal-won-notice',
      event: 'update',
      at: '2026-11-20T10:00:00+09:00',
      user: 'tanaka',
      object: 'Deal',
      record: { id: 'D1', name: 'Big one', stage: 'Open', amount: 250_000, owner: 'tanaka' },
      change: { stage: 'Won' },
      records: { Account: [{ id: 'A1', name: 'Sample', email: null }] },
      input: {},
      answers: { 'ask-head': 'approved', 'crm-http': { status: 200, body: {} }, pause: 'timeout', mark: 'fails' },
      observed: { status: 'failed', step: 'mark', message: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: Give a reason' },
      expect: { status: 'completed', steps: ['tell', 'mark'], record: { handedOver: true } },
      place: { file: 'samples.yaml', line: 2 },
    },
  ]);
});

describe('samples', () => {
  test.each([
    ['little is needed', 'samples: [{ event: create }]', { name: 'sample 1', event: 'create' }],
    ['a change is an update', 'samples: [{ change: { a: 1 } }]', { event: 'update', change: { a: 1 } }],
    [
      'a record that is deleted at the end',
      'samples: [{ event: delete, expect: { record: null } }]',
      { expect: { record: null } },
    ],
    ['JSON', '{"samples": [{"event": "call", "input": {"a": 1}}]}', { event: 'call', input: { a: 1 } }],
    [
      'values keep their types',
      'samples: [{ event: create, record: { a: 1, b: no, c: "1", d: , e: [x] } }]',
      { record: { a: 1, b: 'no', c: '1', d: null, e: ['x'] } },
    ],
    [
      'a field that is called like a part of JavaScript',
      'samples: [{ event: create, record: { __proto__: 1 } }]',
      { record: JSON.parse('{"__proto__": 1}') },
    ],
  ])('%s', (_, text, expected) => {
    expect(samplesOf(text)[0]).toMatchObject(expected);
  });

  test('several documents', () => {
    expect(
      samplesOf('samples: [{ event: create }]\n---\nsamples: [{ event: delete }]').map(({ event }) => event),
    ).toEqual(['create', 'delete']);
  });
});

describe('an execution log', () => {
  const csv = [
    'at,workflow,event,user,object,status,step,message,record',
    '2026-11-20T10:00:00+09:00,deal-won,update,tanaka,Deal,failed,mark,"VALIDATION: Give a ""reason""","{""id"": ""D1"", ""amount"": 5}"',
    '',
    '2026-11-20T11:00:00+09:00,deal-won,,,,failed,,"two',
    'lines",',
    'x,y,create,,,completed,,,{"id": 1}',
  ].join('\r\n');

  test('as CSV', () => {
    expect(samplesOf(csv)).toEqual([
      {
        name: 'deal-won 2026-11-20T10:00:00+09:00',
        workflow: 'deal-won',
        event: 'update',
        at: '2026-11-20T10:00:00+09:00',
        user: 'tanaka',
        object: 'Deal',
        record: { id: 'D1', amount: 5 },
        observed: { status: 'failed', step: 'mark', message: 'VALIDATION: Give a "reason"' },
        place: { file: 'samples.yaml', line: 2 },
      },
      {
        name: 'deal-won 2026-11-20T11:00:00+09:00',
        workflow: 'deal-won',
        event: 'update',
        at: '2026-11-20T11:00:00+09:00',
        messageOnly: true,
        observed: { status: 'failed', message: 'two\r\nlines' },
        place: { file: 'samples.yaml', line: 4 },
      },
      expect.objectContaining({ event: 'create', place: { file: 'samples.yaml', line: 6 }, record: { id: 1 } }),
    ]);
  });

  test.each([
    ['tabs', 'workflow\tstatus\tthread\nw\tfailed\tx'],
    ['semicolons and quotes', '"workflow";"status"\n"w";"failed"'],
    ['JSON Lines', '\n{"workflow": "w", "status": "failed", "thread": 1}\n\n'],
  ])('with %s, and columns of others', (_, text) => {
    expect(samplesOf(text)).toEqual([
      expect.objectContaining({ workflow: 'w', observed: { status: 'failed' }, messageOnly: true }),
    ]);
  });

  test('as JSON Lines', () => {
    const [one, two] = samplesOf(
      '{"at": "t", "event": "Update", "record": {"id": 1}}\n{"record": "{\\"id\\": 2}", "message": null, "status": 500}',
    );
    expect(one).toMatchObject({ name: 't', event: 'update', record: { id: 1 }, place: { line: 1 } });
    expect(two).toMatchObject({ name: 'line 2', record: { id: 2 }, observed: { status: '500' }, place: { line: 2 } });
  });
});

describe('what is wrong is told with its place', () => {
  test.each([
    ['', [expect.stringMatching(/^1:1 {2}the file holds no sample/)]],
    ['samples: []', [expect.stringMatching(/^1:1 {2}the file holds no sample/)]],
    [
      'sample: []',
      [expect.stringMatching(/has no key "sample".* → samples$/), expect.stringMatching(/needs the key samples/)],
    ],
    ['samples: x', [expect.stringMatching(/^1:10 samples samples: expected a list, found the text "x"/)]],
    ['samples: [x]', [expect.stringMatching(/^1:11 samples\.0 samples: expected keys with values/)]],
    [
      'samples: [{ event: updated }]',
      [expect.stringMatching(/^1:20 samples\.0\.event event: "updated" cannot be used here.* → update$/)],
    ],
    ['samples: [{ record: { a: 1 } }]', [expect.stringMatching(/a sample needs the key event/)]],
    ['samples: [{ event: create, recrod: {} }]', [expect.stringMatching(/"recrod".* → record$/)]],
    ['samples: [{ event: create, record: x }]', [expect.stringMatching(/record: expected keys with values/)]],
    [
      'samples: [{ event: create, records: { A: { id: 1 } } }]',
      [expect.stringMatching(/A: expected a list, found keys with values/)],
    ],
    [
      'samples: [{ event: create, expect: { status: done } }]',
      [expect.stringMatching(/"done" cannot be used here; allowed: completed, failed/)],
    ],
    ['samples: [{ event: create, expect: { step: a } }]', [expect.stringMatching(/"step".* → steps$/)]],
    ['samples: [', [expect.stringMatching(/^1:\d+ /)]],
    [
      'at,workflow,mesage\nt,w,x',
      [expect.stringMatching(/^1:13 mesage no column is called "mesage"; did you mean message\?.* → message$/)],
    ],
    ['at,workflow,record\nt,w,{', [expect.stringMatching(/^2:5 record record: expected a record as JSON/)]],
    ['at,workflow,event\nt,w,updte', [expect.stringMatching(/^2:1 event event: "updte" cannot be used.* → update$/)]],
    ['at,workflow\n"t,w', [expect.stringMatching(/^2:1 {2}the quote that starts here/)]],
    ['{"a": 1}\n{"a": }', [expect.stringMatching(/^2:7 /)]],
    ['{"a": 1}\n[1]', [expect.stringMatching(/^2:1 {2}each line of an execution log is one JSON object/)]],
  ])('%j', (text, expected) => {
    expect(wrong(text)).toEqual(expected);
  });
});

test.each([
  ['nowhere.yaml', 'nowhere.yaml: there is no such file or folder'],
  ['.', '.: this is a folder and no file'],
])('%s cannot be opened', async (path, en) => {
  expect(await readSamples(path, import.meta.dirname)).toMatchObject({ kind: 'wrong', problems: [{ text: { en } }] });
});

test('a log of many lines is read in one pass', () => {
  const line = '2026,w,update,,,completed,,"a ""quoted"" word",\n';
  expect(samplesOf(`at,workflow,event,user,object,status,step,message,record\n${line.repeat(20_000)}`)).toHaveLength(
    20_000,
  );
});
