import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { nativeYaml } from '../../../src/workflow/native.importer.ts';
import { imported, only, said, waysIn } from './read.ts';

const textOf = (name: string): string => readFileSync(new URL(`./documented/${name}.yaml`, import.meta.url), 'utf8');

describe('the examples of the format', () => {
  test.each(['deal-won-notice', 'overdue-reminder', 'discount-approval'])('%s is read without a word', (name) => {
    expect(nativeYaml.recognises({ file: 'a.yaml', text: textOf(name) })).toBe(true);
    expect(said(textOf(name))).toEqual([]);
  });

  test.each(['crm-schema', 'samples'])('%s is no workflow', (name) => {
    expect(nativeYaml.recognises({ file: 'a.yaml', text: textOf(name) })).toBe(false);
  });

  test('a won deal goes from step to step, and to its error path', () => {
    const workflow = only(textOf('deal-won-notice'));
    expect(workflow.triggers[0]?.to?.to).toBe('tell');
    expect(workflow.onError?.to).toBe('onError.1');
    expect(waysIn(workflow)).toEqual(['tell next> mark', 'mark next> end', 'onError.1 next> end']);
  });

  test('a loop comes back, and each error path goes on', () => {
    expect(waysIn(only(textOf('overdue-reminder')))).toEqual([
      'contacts next> each',
      'each body> 2.steps.1',
      'each next> note',
      '2.steps.1 next> each',
      '2.steps.1 error> 2.steps.1.onError.1',
      '2.steps.1.onError.1 next> each',
      'note next> end',
      'note error> 3.onError.1',
      '3.onError.1 next> end',
    ]);
  });

  test('branches, an approval and a second document', () => {
    const { workflows } = imported(textOf('discount-approval'));
    expect(workflows.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'discount-approval record',
      'notify-reviewers called',
    ]);
    expect(workflows.map(waysIn)).toEqual([
      [
        '1 branch> ask-head',
        '1 branch> pause',
        '1 default> 1.branch.3.else.1',
        'ask-head approved> 1.branch.1.steps.1.approved.1',
        'ask-head rejected> 1.branch.1.steps.1.rejected.1',
        '1.branch.1.steps.1.approved.1 next> end',
        '1.branch.1.steps.1.rejected.1 next> end',
        'pause next> 1.branch.2.steps.2',
        '1.branch.2.steps.2 next> end',
        '1.branch.3.else.1 next> end',
      ],
      ['quote next> 2', '2 branch> 2.then.1', '2 next> end', '2.then.1 next> end'],
    ]);
  });
});
