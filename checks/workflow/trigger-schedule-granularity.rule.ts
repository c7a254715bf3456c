import { rememberFor } from '../../src/model/remember.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Project } from '../../src/model/workflow/project.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Duration } from '../../src/model/workflow/value.ts';
import type { Format, Trigger } from '../../src/model/workflow/workflow.ts';
import { inMinutes } from '../../src/reason/workflow/schedule.ts';
import { writtenDuration } from '../../src/reason/workflow/written.ts';

/** How often each platform looks at most, in minutes, where the definition itself does not say. */
const pollOf: Partial<Readonly<Record<Format, number>>> = {
  ES: 1, // "run cron.php every minute", EspoCRM documentation, Jobs
  SU: 1, // cron.php every minute, SuiteCRM documentation, Schedulers
  PA: 1, // recurrence of a cloud flow: at least 1 minute
};

/**
 * Odoo looks after a tenth of the shortest delay of all timed rules, between 1 minute and 4 hours; one rule without any delay makes it 4 hours
 * for all (`base.automation`, `_get_cron_interval`).
 */
const odooPoll = rememberFor((project: Project): number => {
  const delays = project.workflows
    .filter(({ format, status }) => format === 'OD' && status === 'active')
    .flatMap(({ triggers }) => triggers)
    .flatMap(({ on, date }) => (on === 'date' ? [Math.abs(date?.offset ? inMinutes(date.offset) : 0)] : []));
  const shortest = Math.min(...delays);
  return shortest > 0 ? Math.min(Math.max(1, Math.floor(shortest / 10)), 240) : 240;
});

interface Fine {
  readonly wanted: Duration;
  readonly what: 'every' | 'offset';
}

const wantedOf = ({ schedule, date }: Trigger): Fine | undefined => {
  if (schedule?.timing.kind === 'every') return { wanted: schedule.timing.every, what: 'every' };
  return date?.offset && date.offset.amount !== 0 ? { wanted: date.offset, what: 'offset' } : undefined;
};

const rules = (delay: number, unit: string): string => `<odoo>
  <record id="at_once" model="base.automation">
    <field name="name">At the deadline</field>
    <field name="model_id" ref="crm.model_crm_lead"/>
    <field name="trigger">on_time</field>
    <field name="trg_date_id" ref="crm.field_crm_lead__date_deadline"/>
    <field name="trg_date_range">${delay}</field>
    <field name="trg_date_range_type">${unit}</field>
  </record>
  <record id="soon" model="base.automation">
    <field name="name">Half an hour later</field>
    <field name="model_id" ref="crm.model_crm_lead"/>
    <field name="trigger">on_time</field>
    <field name="trg_date_id" ref="crm.field_crm_lead__date_open"/>
    <field name="trg_date_range">30</field>
    <field name="trg_date_range_type">minutes</field>
  </record>
</odoo>
`;

export const triggerScheduleGranularity = defineRule({
  id: 'workflow.trigger-schedule-granularity',
  severity: 'warning',
  sourceKind: 'trigger',
  formats: ['OD', 'ES', 'SU', 'PA', 'SF'],
  needs: ['clock'],
  title: { en: 'Finer than the CRM keeps time', ja: 'CRM の確認間隔より細かい時間指定' },
  about: {
    en: 'A CRM does not watch the clock all the time: every few minutes or hours it looks what is due. An interval or an offset that is shorter than that is not kept; the work is done at the next look.',
    ja: 'CRM は常に時計を見ているわけではなく、数分〜数時間ごとに「実行すべきもの」を確認します。その間隔より短い指定は守られず、次の確認のときにまとめて実行されます。',
  },
  advice: {
    en: 'Use a longer interval or offset, or let the scheduler look more often.',
    ja: '間隔や時間差を長くするか、スケジューラーの確認間隔を短くしてください。',
  },
  examples: {
    bad: { files: { 'rules.xml': rules(0, 'minutes') }, lines: [13] },
    good: {
      files: `workflow: poll
trigger: { on: schedule, every: 15min }
steps:
  - notify: role:sales
    message: a quarter of an hour
`,
    },
    lookAlike: { files: { 'rules.xml': rules(1, 'hour') } },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    for (const trigger of workflow.triggers) {
      const fine = wantedOf(trigger);
      if (!fine) continue;
      const { schedule } = trigger;
      const poll = schedule?.poll
        ? inMinutes(schedule.poll)
        : workflow.format === 'OD'
          ? odooPoll(project)
          : pollOf[workflow.format];
      if (poll === undefined || Math.abs(inMinutes(fine.wanted)) >= poll || fine.wanted.amount === 0) continue;
      const every = writtenDuration(
        schedule?.poll ?? (poll % 60 === 0 ? { amount: poll / 60, unit: 'hour' } : { amount: poll, unit: 'minute' }),
      );
      const wanted = writtenDuration(fine.wanted);
      yield {
        place: schedule?.timing.place ?? trigger.place,
        message:
          fine.what === 'every'
            ? {
                en: `"${workflow.id}" is to run every ${wanted}, but the CRM only looks every ${every}, so it runs less often.`,
                ja: `「${workflow.id}」は ${wanted} ごとの実行になっていますが、CRM の確認は ${every} ごとのため、指定より少ない回数しか実行されません。`,
              }
            : {
                en: `"${workflow.id}" is to run ${wanted} away from a date, but the CRM only looks every ${every}, so it runs late by up to that.`,
                ja: `「${workflow.id}」は日付から ${wanted} の実行になっていますが、CRM の確認は ${every} ごとのため、最大でその分遅れます。`,
              },
      };
    }
  },
});
