import type { Step } from '../../model/workflow/step.ts';
import { assign } from './assign.ts';
import { call } from './call.ts';
import { decision, parallel } from './decide.ts';
import { findRecords } from './find.ts';
import { unknown } from './held.ts';
import type { Next } from './here.ts';
import { fail, go, handled } from './here.ts';
import { loop } from './loop.ts';
import { performMail, performNotice } from './mail.ts';
import { failedOutside, failsItself } from './messages.ts';
import { code, custom, http, screen } from './outside.ts';
import { evaluate } from './read.ts';
import type { Run, Sandbox, Traced } from './sandbox.ts';
import { answerFor } from './sandbox.ts';
import { letStep, put } from './variables.ts';
import { approval, signal, wait } from './wait.ts';
import { shown } from './words.ts';
import { createRecord, deleteRecord, updateRecords } from './writes.ts';

const someField = {
  en: 'a field of what was found',
  ja: '検索したレコードの項目',
};

/** Does what a step does, in memory, and says where the run goes on. Throws `Failed`. */
export const perform = (box: Sandbox, run: Run, step: Step, line: Traced): Next => {
  const here = { box, run, line };
  if (answerFor(box, step.id) === 'fails') fail({ ...here, step }, failedOutside(handled({ ...here, step })));
  switch (step.kind) {
    case 'decision':
      return decision({ ...here, step });
    case 'create':
      createRecord({ ...here, step });
      return go(step.next);
    case 'update':
      updateRecords(step.target, step.set, { ...here, step }, step.more === true);
      return go(step.next);
    case 'delete':
      deleteRecord({ ...here, step });
      return go(step.next);
    case 'find': {
      const found = findRecords({ ...here, step });
      run.results.set(step.id, found);
      if (step.into) put({ box, run }, step.into, found);
      for (const to of step.sets ?? []) put({ box, run }, to, unknown(someField));
      return go(step.next);
    }
    case 'assign':
      return assign({ ...here, step });
    case 'mail':
      performMail({ ...here, step });
      return go(step.next);
    case 'notify':
      performNotice({ ...here, step });
      return go(step.next);
    case 'task':
      line.because = { en: 'a task would be created', ja: 'ToDo が作成されます' };
      return go(step.next);
    case 'approval':
      return approval({ ...here, step });
    case 'wait':
      return wait({ ...here, step });
    case 'signal':
      return signal({ ...here, step });
    case 'loop':
      return loop({ ...here, step });
    case 'let':
      return letStep({ ...here, step });
    case 'call':
      return call({ ...here, step });
    case 'http':
      return http({ ...here, step });
    case 'screen':
      return screen({ ...here, step });
    case 'code':
      return code({ ...here, step });
    case 'log':
    case 'fail': {
      const text = step.text ? evaluate(step.text, { box, run }) : null;
      const words = shown(text);
      if (step.kind === 'fail') return fail({ ...here, step }, failsItself(words));
      line.because = words;
      return go(step.next);
    }
    case 'stop':
      line.because = { en: 'the workflow ends here', ja: 'ここで終了します' };
      return { kind: 'end' };
    case 'undo':
      box.store.restore(box.checkpoint.rows);
      box.written.length = box.checkpoint.written;
      line.because = { en: 'what was written is taken back', ja: '書き込みを取り消します' };
      return go(step.next);
    case 'split':
      line.because = { en: `${step.ways.length} ways at once`, ja: `${step.ways.length} つの処理に分かれます` };
      return parallel({ ...here, step }, step.ways);
    case 'join':
      line.because = { en: 'the ways meet', ja: '処理が合流します' };
      return go(step.next);
    case 'custom':
      return custom({ ...here, step });
  }
};
