import { describe, expect, test } from '@jest/globals';
import { definitionsFrom, withScreens } from '../../../src/cli/workflow/from-crm.ts';
import type { CrmAnswers, CrmQuestion } from '../../../src/model/crm/answers.ts';
import type { CrmReply } from '../../../src/model/crm/failure.ts';
import { crmSubjectsOf } from '../../../src/model/crm/subject.ts';
import type { Crm } from '../../../src/model/world.ts';
import { readProject } from '../../../src/workflow/read-project.ts';

const { signal } = new AbortController();

/** A CRM that answers these questions and no others. */
const crmThatSays = (answers: Partial<Record<CrmQuestion, CrmReply<unknown>>>): Pick<Crm, 'ask'> => ({
  ask: async <Question extends CrmQuestion>(_subject: unknown, question: Question) =>
    // What a test gives is what the question is answered with.
    (answers[question] ?? { kind: 'not-offered', why: { en: 'no', ja: 'なし' } }) as CrmReply<CrmAnswers[Question]>,
});

const subjects = crmSubjectsOf({ type: 'odoo', url: 'https://crm.example.co.jp' });

const yaml = `workflow: won
object: Deal
trigger: { type: record, on: [create] }
`;

const schema = JSON.stringify(
  { schema: 'crm-schema/v1', objects: { Deal: { fields: { name: { type: 'text' } } } } },
  null,
  0,
);

const asked = (answers: Parameters<typeof crmThatSays>[0], wantSchema = true) =>
  definitionsFrom(subjects, crmThatSays(answers), { wantSchema, language: 'en', signal });

describe('definitions of a CRM', () => {
  const workflows = {
    kind: 'answered',
    value: [
      {
        path: 'rules/12.yaml',
        text: yaml,
        name: 'won',
        place: { en: 'Settings > Automation > won', ja: '［設定］→［自動化］→［won］' },
      },
    ],
  } as const;

  test('are read like files, under the name of the CRM', async () => {
    const { texts, checks } = await asked({ workflows });
    expect([...texts.keys()]).toEqual(['crm:odoo/rules/12.yaml']);
    expect(checks).toMatchObject([{ id: 'workflow.parse', target: 'crm:odoo', status: 'pass' }]);
    const reading = await readProject({ directory: '/', paths: [], given: texts, now: new Date(0) });
    expect(reading.kind === 'read' && reading.project.workflows.map(({ place }) => place.file)).toEqual([
      'crm:odoo/rules/12.yaml',
    ]);
  });

  test('a finding tells the place in the screens', async () => {
    const found = await asked({ workflows });
    const finding = { file: 'crm:odoo/rules/12.yaml' } as Parameters<typeof withScreens>[0][number];
    expect(withScreens([finding], found, 'ja')[0]?.screen).toBe('［設定］→［自動化］→［won］');
    expect(withScreens([{ ...finding, file: 'a.yaml' }], found, 'ja')[0]?.screen).toBeUndefined();
  });

  test('what the CRM does not give is unknown, and not "no workflows"', async () => {
    const refused = await asked({
      workflows: { kind: 'failed', failure: { kind: 'permission', what: 'base.automation', says: 'Access denied' } },
    });
    expect(refused.checks).toMatchObject([{ status: 'unknown' }]);
    expect(refused.checks[0]?.summary).toContain('Access denied');
    expect((await asked({})).checks).toMatchObject([{ status: 'unknown' }]);
  });

  test('what was left out is said', async () => {
    const { checks } = await asked({
      workflows: { ...workflows, gaps: [{ en: 'archived ones are hidden', ja: 'アーカイブは対象外' }] },
    });
    expect(checks[0]?.summary).toContain('archived ones are hidden');
  });

  test('its schema is asked for only where no file says it, and a broken one is no schema', async () => {
    const both = { workflows, schema: { kind: 'answered', value: { text: schema } } } as const;
    expect((await asked(both)).schema?.objects?.has('Deal')).toBe(true);
    expect((await asked(both, false)).schema).toBeUndefined();
    const broken = { ...both, schema: { kind: 'answered', value: { text: '{' } } } as const;
    expect((await asked(broken)).schema).toBeUndefined();
    // Request Tracker's rules are exported by hand, and its fields are known all the same.
    expect((await asked({ schema: both.schema })).schema?.objects?.has('Deal')).toBe(true);
  });
});
