import type { Text } from '../model/text.ts';
import type { CronFault, CronField } from '../reason/watch/cron-fields.ts';

const fieldWords: Readonly<Record<CronField['name'], Text>> = {
  minute: { en: 'minute', ja: '分' },
  hour: { en: 'hour', ja: '時' },
  day: { en: 'day of the month', ja: '日' },
  month: { en: 'month', ja: '月' },
  weekday: { en: 'day of the week', ja: '曜日' },
};

const allowedIn = ({ from, to, words }: CronField): Text => {
  const [first, last] = [words[0], words.at(-1)];
  const names = { en: first ? `, ${first}–${last}` : '', ja: first ? `、${first}～${last}` : '' };
  return {
    en: `allowed: ${from}–${to}${names.en}, *, ranges (a-b), lists (a,b) and steps (*/n, a-b/n)`,
    ja: `使えるのは ${from}～${to}${names.ja}、*、範囲（a-b）、列挙（a,b）、間隔（*/n、a-b/n）です`,
  };
};

/** `shown`: the part that is wrong, where it may be repeated. */
export const cronFault = (path: string, fault: CronFault, shown: string | undefined): Text => {
  switch (fault.kind) {
    case 'count':
      return {
        en: `${path}: a cron expression has 5 fields (minute, hour, day, month, day of the week), this one has ${fault.count}; every day at 3:30 is '30 3 * * *'`,
        ja: `${path}: cron 式は 5 つの欄（分、時、日、月、曜日）で書きますが、${fault.count} 個あります。毎日 3:30 なら '30 3 * * *' です`,
      };
    case 'field': {
      const [name, allowed] = [fieldWords[fault.field.name], allowedIn(fault.field)];
      return {
        en: `${path}: the ${name.en}${shown === undefined ? '' : ` ${shown}`} of this cron expression cannot be used; ${allowed.en}`,
        ja: `${path}: cron 式の「${name.ja}」の欄${shown === undefined ? '' : `にある ${shown} `}は使えません。${allowed.ja}`,
      };
    }
    case 'never':
      return {
        en: `${path}: this cron expression never has its turn: none of its months has such a day`,
        ja: `${path}: この cron 式に当たる日はありません。指定した月にその日がないためです`,
      };
  }
};

export const tooOften = (path: string): Text => ({
  en: `${path}: more often than once a minute is not possible; allowed: 1m or more`,
  ja: `${path}: 1 分より短い間隔は指定できません。1m 以上にしてください`,
});

/** Logins close together lock accounts. */
export const loginsTooOften = (path: string, checks: readonly string[]): Text => {
  const [en, ja] = [checks.join(', '), checks.join('、')];
  return {
    en: `${path}: this logs in more often than every 5 minutes (${en}), and servers lock accounts for that; allowed: 5m or more. Give these a pace of their own, such as '${checks[0]}': 1h`,
    ja: `${path}: 5 分より短い間隔でログインすることになり（${ja}）、サーバーにアカウントをロックされるおそれがあります。5m 以上にするか、'${checks[0]}': 1h のように、その検査だけ間隔を分けてください`,
  };
};

export const noSuchCheck = (path: string, given: string | undefined, suggestion: string | undefined): Text => ({
  en: `${path}: no check is called ${given ?? 'this'}; ${suggestion === undefined ? '' : `did you mean ${suggestion}? `}\`crm-doctor checks\` lists them`,
  ja: `${path}: ${given === undefined ? 'これ' : `${given} `}に当てはまる検査はありません。${suggestion === undefined ? '' : `${suggestion} の間違いではありませんか。`}\`crm-doctor checks\` で一覧を表示できます`,
});

export const emptyHours = (path: string): Text => ({
  en: `${path}: these hours begin and end at the same time; a whole day is from '00:00' to '24:00'`,
  ja: `${path}: 開始と終了が同じ時刻です。終日にする場合は '00:00' から '24:00' と書いてください`,
});

export const alwaysQuiet = (path: string): Text => ({
  en: `${path}: nothing would ever be told, as the whole week is quiet; leave out some hours, or allow except: critical`,
  ja: `${path}: 1 週間すべてが通知しない時間帯になり、何も通知されません。通知する時間帯を残すか、except: critical を指定してください`,
});

export const endsBefore = (path: string): Text => ({
  en: `${path}: this maintenance ends before it begins; to has to be later than from`,
  ja: `${path}: メンテナンスの終了が開始より前です。to には from より後の日時を書いてください`,
});

export const noTime = (path: string): Text => ({
  en: `${path}: this maintenance takes no time; write how long it takes, such as 2h`,
  ja: `${path}: メンテナンスの長さが 0 です。2h のように長さを書いてください`,
});

export const outOfRange = (path: string, value: number, least: number, most: number): Text => ({
  en: `${path}: ${value} is not possible; allowed: ${least} to ${most}`,
  ja: `${path}: ${value} は指定できません。${least} から ${most} までの数を書いてください`,
});
