import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Format, Trigger } from '../../src/model/workflow/workflow.ts';
import type { DailyTimes } from '../../src/reason/workflow/schedule.ts';
import { dailyTimes, timeOfDay, zoneOf } from '../../src/reason/workflow/schedule.ts';
import type { ClockChange, LocalTime } from '../../src/reason/workflow/zones.ts';
import { clockChanges, momentsOf } from '../../src/reason/workflow/zones.ts';

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
const dayText = ({ year, month, day }: Pick<ClockChange, 'year' | 'month' | 'day'>): string =>
  `${year}-${two(month)}-${two(day)}`;

const timesOf = ({ schedule, date }: Trigger, format: Format): DailyTimes | undefined => {
  if (schedule) return dailyTimes(schedule.timing, format);
  const time = date?.at === undefined ? undefined : timeOfDay(date.at);
  return time && { times: [time], on: () => true };
};

/** A moment that is years away is not among the changes of the next year. */
const changeAt = (local: LocalTime, zone: string): ClockChange['kind'] | undefined => {
  const { length } = momentsOf(local, zone);
  if (length === 0) return 'skipped';
  return length > 1 ? 'twice' : undefined;
};

export const triggerScheduleDst = defineRule({
  id: 'workflow.trigger-schedule-dst',
  severity: 'warning',
  sourceKind: 'trigger',
  needs: ['clock'],
  title: { en: 'A time that daylight saving skips or repeats', ja: '夏時間の切り替えで飛ぶ・重なる時刻' },
  about: {
    en: 'Where clocks are changed for daylight saving time, an hour of the night is left out in spring and comes twice in autumn. What is due in that hour does not run on that day, or runs twice.',
    ja: '夏時間のある地域では、春に夜中の 1 時間が飛び、秋に同じ 1 時間が 2 回来ます。その時間帯に予定した処理は、その日に実行されないか、2 回実行されます。',
  },
  advice: {
    en: 'Move it out of the hours in which clocks are changed, mostly 01:00 to 03:00.',
    ja: '時計が切り替わる時間帯（多くは 1:00〜3:00）を避けた時刻にしてください。',
  },
  examples: {
    bad: {
      files: `workflow: nightly
trigger: { on: schedule, at: '02:30', tz: America/New_York }
steps:
  - notify: role:finance
    message: done
`,
      lines: [2],
    },
    good: {
      files: `workflow: nightly
trigger: { on: schedule, at: '04:30', tz: America/New_York }
steps:
  - notify: role:finance
    message: done
`,
    },
    lookAlike: {
      files: `workflow: nightly
trigger: { on: schedule, at: '02:30', tz: Asia/Tokyo }
steps:
  - notify: role:finance
    message: done
`,
    },
  },
  *workflow(workflow, { now, project: { schema } }): Generator<Problem> {
    for (const trigger of workflow.triggers) {
      const zone = zoneOf(trigger.schedule, schema);
      const daily = zone === undefined ? undefined : timesOf(trigger, workflow.format);
      if (zone === undefined || !daily) continue;
      const once = trigger.schedule?.timing.kind === 'once';
      const hits = once ? [] : clockChanges(zone, now);
      const found: { readonly kind: ClockChange['kind']; readonly time: string; readonly day: string }[] = [];
      for (const change of hits) {
        if (daily.on(change) !== true) continue;
        const time = daily.times.find(({ hour, minute }) => {
          const at = hour * 60 + minute;
          return change.from <= at && at < change.to;
        });
        if (time) found.push({ kind: change.kind, time: clock(time.hour * 60 + time.minute), day: dayText(change) });
      }
      const [local] = daily.times;
      if (once && local && 'year' in local) {
        const at = local as LocalTime; // `once` gives the whole date with its time
        const kind = changeAt(at, zone);
        if (kind) found.push({ kind, time: clock(at.hour * 60 + at.minute), day: dayText(at) });
      }
      const skipped = found.find(({ kind }) => kind === 'skipped');
      const twice = found.find(({ kind }) => kind === 'twice');
      const [first] = found;
      if (!first) continue;
      const en = [
        ...(skipped ? [`on ${skipped.day} there is no ${skipped.time}, and it is skipped or late`] : []),
        ...(twice ? [`on ${twice.day} ${twice.time} comes twice, and it may run twice`] : []),
      ];
      const ja = [
        ...(skipped ? [`${skipped.day} には ${skipped.time} が存在しないため、実行されないか遅れます`] : []),
        ...(twice ? [`${twice.day} には ${twice.time} が 2 回来るため、2 回実行されることがあります`] : []),
      ];
      yield {
        place: trigger.schedule?.timing.place ?? trigger.place,
        message: {
          en: `Clocks in ${zone} are changed for daylight saving time: ${en.join('; ')}.`,
          ja: `${zone} では夏時間の切り替えがあります。${ja.join('。')}。`,
        },
      };
    }
  },
});
