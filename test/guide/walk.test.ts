import { expect, test } from '@jest/globals';
import type { Entry } from '../../src/guide/journal.ts';
import { parseSession, steppedBack } from '../../src/guide/journal.ts';
import type { Block, Question, Reply, Talk } from '../../src/guide/talk.ts';
import type { Walk } from '../../src/guide/walk.ts';
import { walkThrough } from '../../src/guide/walk.ts';

const both = (words: string) => ({ en: words, ja: words });

/** A person with a list of answers; `<` goes back. */
const scripted = (answers: readonly string[]) => {
  const asked: string[] = [];
  const said: string[] = [];
  let at = 0;
  const talk: Talk = {
    say: (block: Block) => {
      if (block.kind === 'words') said.push(typeof block.text === 'string' ? block.text : block.text.en);
    },
    ask: async (question: Question): Promise<Reply> => {
      asked.push(question.id);
      const value = answers[at];
      at += 1;
      if (value === undefined) throw new Error(`no answer to ${question.id}`);
      return value === '<' ? { kind: 'back' } : { kind: 'answer', value };
    },
    wait: () => ({ now: () => {}, stop: () => {} }),
  };
  return { talk, asked, said };
};

const keeper = (entries: readonly Entry[] = []) => {
  const kept: (readonly Entry[])[] = [];
  const recalled: string[] = [];
  return {
    kept,
    recalled,
    options: {
      entries,
      keep: async (now: readonly Entry[]) => {
        kept.push(now);
      },
      recall: (question: Question, answer: string) => {
        recalled.push(`${question.id}=${answer}`);
      },
      noWayBack: () => {
        recalled.push('no way back');
      },
    },
  };
};

const name = { id: 'name', message: both('name') };
const colour = { id: 'colour', message: both('colour'), choices: [{ value: 'red', name: both('red') }] };

test('going back asks the last question again and does nothing twice that is still right', async () => {
  let done = 0;
  const flow = async (walk: Walk) => {
    const first = await walk.text(name);
    const result = await walk.once('work', async () => {
      done += 1;
      return { of: first };
    });
    walk.say({ kind: 'words', text: both(`worked for ${result.of}`) });
    return `${result.of} ${await walk.choose(colour)}`;
  };
  const person = scripted(['a', '<', 'b', 'red']);
  const { options, kept } = keeper();
  expect(await walkThrough(flow, person.talk, options)).toBe('b red');
  expect(person.asked).toEqual(['name', 'colour', 'name', 'colour']);
  expect(person.said).toEqual(['worked for a', 'worked for b']);
  expect(done).toBe(2);
  expect(kept.at(-1)).toEqual([
    { kind: 'answer', id: 'name', value: 'b' },
    { kind: 'did', id: 'work', result: { of: 'b' } },
    { kind: 'answer', id: 'colour', value: 'red' },
  ]);
});

test('a resumed way recalls the answers, does not do again what was done, and asks on where it stopped', async () => {
  let done = 0;
  const flow = async (walk: Walk) => {
    const first = await walk.text(name);
    const result = await walk.once('work', async () => {
      done += 1;
      return first;
    });
    walk.say({ kind: 'words', text: both('said before') });
    return `${result} ${await walk.choose(colour)}`;
  };
  const person = scripted(['red']);
  const { options, recalled } = keeper([
    { kind: 'answer', id: 'name', value: 'a' },
    { kind: 'did', id: 'work', result: 'kept' },
  ]);
  expect(await walkThrough(flow, person.talk, options)).toBe('kept red');
  expect(recalled).toEqual(['name=a']);
  expect(done).toBe(0);
});

test('a secret is never kept: it is asked again after a resume, and what followed it still holds', async () => {
  const flow = async (walk: Walk) => {
    const secret = await walk.secret({ id: 'password', message: both('password'), empty: both('none') });
    return `${secret} ${await walk.text(name)}`;
  };
  const first = scripted(['hunter2', 'a']);
  const keeping = keeper();
  expect(await walkThrough(flow, first.talk, keeping.options)).toBe('hunter2 a');
  expect(JSON.stringify(keeping.kept)).not.toContain('hunter2');
  const again = scripted(['hunter3']);
  const resumed = keeper(keeping.kept.at(-1));
  expect(await walkThrough(flow, again.talk, resumed.options)).toBe('hunter3 a');
  expect(again.asked).toEqual(['password']);
});

test('nobody goes back over a change that was made', async () => {
  const flow = async (walk: Walk) => {
    await walk.text(name);
    await walk.once('change', async () => true, { final: true });
    return walk.choose(colour);
  };
  const person = scripted(['a', '<', 'red']);
  const { options, recalled } = keeper();
  expect(await walkThrough(flow, person.talk, options)).toBe('red');
  expect(recalled).toEqual(['no way back']);
});

test('an answer to another question than the one that is kept is asked for', async () => {
  const flow = async (walk: Walk) => walk.choose(colour);
  const person = scripted(['red']);
  const { options } = keeper([{ kind: 'answer', id: 'name', value: 'a' }]);
  expect(await walkThrough(flow, person.talk, options)).toBe('red');
});

test('the way back leads to the last answer, not over what cannot be undone', () => {
  const answer = { kind: 'answer', id: 'a', value: '1' } as const;
  const did = { kind: 'did', id: 'd', result: 1 } as const;
  expect(steppedBack([answer, did])).toEqual([]);
  expect(steppedBack([did])).toBeUndefined();
  expect(steppedBack([answer, { ...did, final: true }])).toBeUndefined();
  expect(steppedBack([answer, { ...did, final: true }, { kind: 'secret', id: 's', given: true }])).toHaveLength(2);
});

test.each([
  'not JSON',
  '{}',
  '{"schema":"crm-doctor/guide/v1","id":"x","version":"1","at":"no time","entries":[]}',
  '{"schema":"crm-doctor/guide/v1","id":"x","version":"1","at":"2026-11-26T00:00:00Z","entries":[{"kind":"answer","id":"a"}]}',
  '{"schema":"crm-doctor/guide/v1","id":"x","version":"1","at":"2026-11-26T00:00:00Z","entries":[{"kind":"other","id":"a"}]}',
])('what is no session is none: %s', (text) => {
  expect(parseSession(text)).toBeUndefined();
});
