import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Format, Trigger } from '../../src/model/workflow/workflow.ts';
import { renaming } from '../../src/reason/workflow/rename.ts';
import { needsZone } from '../../src/reason/workflow/schedule.ts';
import { short } from '../../src/reason/workflow/written.ts';
import { isZone, zoneMeant } from '../../src/reason/workflow/zones.ts';

/** Power Automate takes the names of Windows. */
const windowsName = /^[A-Za-z][\w .()+-]* Standard Time(?: \([\w]+\))?$/;

/** Formats in which the trigger itself can state the zone; in the others it is a setting of the whole CRM. */
const stating: readonly Format[] = ['NY', 'PA', 'BP'];

/** A trigger on a date has times only where it says at which. */
const hasTimes = ({ schedule, date }: Trigger): boolean =>
  date?.at !== undefined || (schedule !== undefined && needsZone(schedule));

const ignored = (place: Problem['place'], schema: Schema): Problem => ({
  place,
  message: {
    en: `The time ends in a zone (such as "Z" for UTC), but this CRM ignores that and runs in its own time zone${schema.timeZone === undefined ? '' : ` (${short(schema.timeZone)})`}, hours away from what is written.`,
    ja: `時刻の末尾にタイムゾーン（UTC を表す「Z」など）がありますが、この CRM はそれを無視し、組織のタイムゾーン${schema.timeZone === undefined ? '' : `（${short(schema.timeZone)}）`}で実行します。書かれた時刻とは何時間もずれます。`,
  },
  fix: {
    en: 'Read and write the time as one of the time zone of the organisation.',
    ja: '組織のタイムゾーンでの時刻として読み書きしてください。',
  },
});

export const triggerScheduleTimezone = defineRule({
  id: 'workflow.trigger-schedule-timezone',
  severity: 'warning',
  sourceKind: 'trigger',
  needs: ['clock'],
  auto: 'suggest',
  title: { en: 'It is not certain in which time zone it runs', ja: 'どのタイムゾーンの時刻か決まらない' },
  about: {
    en: '"09:00" is another moment in Tokyo than in London. If no time zone is stated, the machine on which the CRM happens to run decides, and the time moves when that machine is replaced. Zones are written as in the IANA list (Asia/Tokyo), since abbreviations such as CST mean several places.',
    ja: '「9:00」は東京とロンドンでは別の瞬間です。タイムゾーンの指定がないと、CRM が動いているサーバーの設定しだいになり、サーバーが変わると実行時刻もずれます。略称（CST など）は複数の地域を指すため、IANA の名前（Asia/Tokyo など）で書きます。',
  },
  advice: {
    en: 'Write an IANA time zone, such as Asia/Tokyo, in the trigger or as `timeZone` in the schema file.',
    ja: 'トリガーの tz、またはスキーマファイルの timeZone に、Asia/Tokyo のような IANA タイムゾーン名を書いてください。',
  },
  examples: {
    bad: {
      files: `workflow: morning
trigger: { on: schedule, at: '09:00' }
steps:
  - notify: role:sales
    message: good morning
`,
      lines: [2],
    },
    good: {
      files: `workflow: morning
trigger: { on: schedule, at: '09:00', tz: Asia/Tokyo }
steps:
  - notify: role:sales
    message: good morning
`,
    },
    lookAlike: {
      files: `workflow: poll
trigger: { on: schedule, every: 15min }
steps:
  - notify: role:sales
    message: a quarter of an hour
`,
    },
  },
  *workflow(workflow, { project: { schema } }): Generator<Problem> {
    for (const trigger of workflow.triggers) {
      const { schedule } = trigger;
      const zone = schedule?.zone;
      if (schedule?.zoneIgnored) {
        yield ignored(schedule.zoneIgnored, schema);
        continue;
      }
      if (zone) {
        if (isZone(zone.name) || (workflow.format === 'PA' && windowsName.test(zone.name))) continue;
        const meant = zoneMeant(zone.name);
        yield {
          place: zone.place,
          message: {
            en: `"${short(zone.name)}" is no time zone of the IANA list, so the CRM refuses it or takes another zone.`,
            ja: `「${short(zone.name)}」は IANA のタイムゾーン名ではありません。CRM に拒否されるか、別のタイムゾーンとして扱われます。`,
          },
          ...(meant === undefined
            ? {}
            : {
                fix: { en: `Write ${meant}.`, ja: `${meant} と書いてください。` },
                edits: renaming(zone, meant),
              }),
        };
        continue;
      }
      if (!hasTimes(trigger)) continue;
      if (schema.timeZone === undefined)
        yield {
          place: trigger.place,
          message: {
            en: `"${workflow.id}" runs at a time of day, but neither its trigger nor the schema file says in which time zone.`,
            ja: `「${workflow.id}」は時刻を決めて実行されますが、どのタイムゾーンの時刻かがトリガーにもスキーマファイルにも書かれていません。`,
          },
          ...(stating.includes(workflow.format)
            ? {}
            : {
                fix: {
                  en: 'Write the time zone of the CRM as `timeZone` in the schema file, such as Asia/Tokyo.',
                  ja: 'CRM のタイムゾーンをスキーマファイルの timeZone に書いてください（例: Asia/Tokyo）。',
                },
              }),
        };
      else if (!isZone(schema.timeZone))
        yield {
          place: trigger.place,
          message: {
            en: `"${workflow.id}" runs in the time zone of the schema file, but "${short(schema.timeZone)}" is none of the IANA list.`,
            ja: `「${workflow.id}」はスキーマファイルの timeZone の時刻で動きますが、「${short(schema.timeZone)}」は IANA のタイムゾーン名ではありません。`,
          },
        };
    }
  },
});
