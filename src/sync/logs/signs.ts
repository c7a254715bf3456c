import type { Entry } from './entry.ts';

/** Parts of the words that are looked for below: most lines have none of them, and are not looked at any further. */
export const mayTell =
  /start|beg[iua]n|launch|initi|kicked|trigger|perform|finish|complet|done|(?<![a-z])end|succe|deactivat|exit|commit|fail|abort|crash|kill|cancel|g[ai]v[ei]|error|except|fatal|critical|severe|panic|alert|emerg|refus|den[iy]|reject|invalid|time(?:d ?| )?out|429|limit|thrott|too ?many|quota|gaia|cmd|embulk|replication|_required|violation|not_found|"level"\s?:\s?"?[56]\d|"priority"\s?:\s?"?[0-3]|開始|起動|スタート|終了|完了|成功|失敗|中断|打ち切|異常|エラー|例外|拒否|上限|制限|スロット/iu;

export type Sign = 'start' | 'end' | 'failed';

/** What a line says of a run: its sign, and what it is said of. */
export interface Told {
  readonly sign: Sign;
  /** The form of the word: `Starting` and `Started` are two lines of one start. */
  readonly form: string;
  /** Words that tell this from other runs and steps. */
  readonly subject: readonly string[];
}

const startWord =
  /(?<![\p{L}\d])(?:start(?:ed|ing|s)?|begin(?:s|ning)?|began|begun|launch(?:ed|ing)|initiat(?:ed|ing)|initializing|kicked off|triggered|performing)(?![\p{L}\d])|開始|スタート/iu;
const endWord =
  /(?<![\p{L}\d])(?:finish(?:ed|es)?|complete[ds]?|done|end(?:ed|s)?|succe(?:ss|eded|ssful|ssfully)|deactivated successfully|exited|committed)(?![\p{L}\d])|終了|完了|成功|正常終了/iu;
const failWord =
  /(?<![\p{L}\d])(?:fail(?:ed|ure|s)?|abort(?:ed|ing)?|crash(?:ed)?|killed|cancel(?:l?ed)|gave up|giving up|unsuccessful(?:ly)?|incomplete)(?![\p{L}\d])|異常終了|失敗|中断|強制終了|打ち切/iu;

/** Said of what is to come, or is not so. */
const notNow =
  /(?<![\p{L}\d])(?:will|next|wait(?:ing|s)?|schedul(?:ed?|ing)|should|would|not|never|cannot|can't|didn't|hasn't|before|until|when|if|since|after|ready)(?![\p{L}\d])(?:\s\S{1,30}){0,4}\s?$/iu;
const notNowJapanese =
  /^(?:予定|待ち|前|日|時刻|時間|時点|して(?:い|お)(?:ない|ません)|できません|されません|コード|ステータス|位置|行|件)/u;
const unfinished = /未$/u;

/** `exit code 1`, `status=2/FAILURE`, `終了コード: 0`. */
const exitCode =
  /(?:exit(?:ed)?(?: with)?(?: (?:code|status))?|exit[_ ]?code|return code|status|終了コード|終了ステータス)\s?[:=：]?\s?(\d{1,5})(?![\d.]|-\d)/iu;

const stopWords: ReadonlySet<string> = new Set(
  'a an the at in on of to for from with by is was has have been be and or now all it this that its new as no id status state code exit exited level info time ms sec seconds minutes successfully success with'.split(
    ' ',
  ),
);
/** Words that any run is called by. */
const general: ReadonlySet<string> = new Set(
  'job process processing run running task script execution operation work everything sync synchronization synchronisation program workflow pipeline 処理 ジョブ 実行 バッチ処理 バッチ 同期 同期処理 連携 連携処理 連携ジョブ 同期ジョブ プログラム タスク 全処理 すべて'.split(
    ' ',
  ),
);
const jobWords =
  /sync|job|import|export|replicat|transfer|etl|integrat|task|workflow|pipeline|dataload|extract|upsert|migrat|execution|script|process|operation|embulk|(?<!\p{L})(?:run|load|zap|batch|update)(?!\p{L})|同期|連携|ジョブ|処理|取り?込|インポート|エクスポート|転送|バッチ|タスク|実行/iu;
/** What a crontab line has to be called to be the job: `run-parts` and `rotate` are not. */
const cronWords = /sync|import|export|etl|replicat|transfer|upsert|dataload|embulk|talend|migrat|integrat|同期|連携/iu;
/** Things that start without being a run. */
const noRuns =
  /(?<!\p{L})(?:server|listen(?:er|ing)?|port|pool|connection|socket|thread|scheduler|timer|container|daemon|driver|plugin|logger|session|consumer|health)(?!\p{L})|サーバー?|接続|スケジューラ/iu;

const isWide = (word: string): boolean => /[\u3040-\u30ff\u3400-\u9fff]/u.test(word);

const subjectOf = (text: string): readonly string[] => {
  const plain = text
    .replace(
      /開始|スタート|異常終了|正常終了|終了|完了|成功|失敗|中断|強制終了|正常に|しました|します|されました|です/gu,
      ' ',
    )
    .toLowerCase();
  const words = plain.match(/[\p{Script=Han}\p{Script=Katakana}ー]{1,40}|[\p{Script=Latin}]{2,40}/gu) ?? [];
  const kept = words.filter(
    (word) => !(stopWords.has(word) || startWord.test(word) || endWord.test(word) || failWord.test(word)),
  );
  return [...new Set(kept)].slice(0, 12);
};

const same = (a: string, b: string): boolean =>
  a === b || (isWide(a) && isWide(b) && a.length > 1 && b.length > 1 && (a.includes(b) || b.includes(a)));

/** How much two subjects are one: 0 nothing, 1 all. */
export const likeness = (one: readonly string[], other: readonly string[]): number => {
  if (one.length === 0 || other.length === 0) return 0;
  const shared = one.filter((word) => other.some((its) => same(word, its))).length;
  return shared / (one.length + other.length - shared);
};

/** Said of a run as a whole: `done`, `job finished`. */
export const isGeneral = (subject: readonly string[]): boolean => subject.every((word) => general.has(word));

interface Found {
  readonly at: number;
  readonly word: string;
}

const findWord = (text: string, form: RegExp): Found | undefined => {
  const found = form.exec(text);
  if (!found) return undefined;
  const [before, after] = [
    text.slice(Math.max(0, found.index - 60), found.index),
    text.slice(found.index + found[0].length),
  ];
  if (notNow.test(before) || notNowJapanese.test(after) || unfinished.test(before)) return undefined;
  // `end date`, `start time`, `done: 5 of 20` are members and counts.
  if (/^[ _-]?(?:date|time|row|line|index|offset|position|at page|page)\b/i.test(after)) return undefined;
  return { at: found.index, word: found[0].toLowerCase() };
};

/** `job 17 finished`: a number that is a name. */
const numbered =
  /(?:job|run|sync|batch|task|execution|attempt|page|step|process|ジョブ|no\.?|#)\s?[:=#]?\s?\d{1,12}\s?$/iu;

/** `12 failed`, `errors: 0`, `失敗 0 件`, `done: 5 of 20`: counts of records and no word about the run. */
const isCount = (text: string, { at, word }: Found, sign: Sign): boolean => {
  const [before, after] = [text.slice(Math.max(0, at - 40), at), text.slice(at + word.length, at + word.length + 30)];
  if (/\d\s?(?:records?|rows?|items?|contacts?|件|行|名)?(?:が|の|を)?\s?$/iu.test(before))
    return !numbered.test(before);
  if (sign === 'end') return /^\s?[:=：]?\s?[\d,]{1,12}\s?(?:of|\/|%)/iu.test(after);
  return (
    /^(?:s|ures?|ed)?(?:\s(?:records?|rows?|count))?\s?[:=：(（]?\s?[\d,]+/iu.test(after) ||
    /^(?:件数|数|行|レコード|[:：]?\s?\d)/u.test(after)
  );
};

/** Lines of products that say it in words of their own. */
const own: readonly (readonly [RegExp, Sign, subject: string])[] = [
  [/\bEmbulk v\d/, 'start', 'embulk'],
  [/^(?:\(main\): )?Committed\.|^(?:\(main\): )?Next config diff:/, 'end', 'embulk'],
  [/^Initializing process engine/, 'start', 'dataloader'],
  [/^The operation has fully completed/, 'end', 'dataloader'],
  [/^Starting replication worker/i, 'start', 'replication'],
  [
    /^(?:sync worker (?:success|completed)|Stopping replication worker|replication worker (?:finished|completed))/i,
    'end',
    'replication',
  ],
  [/^Sync worker failed/i, 'failed', 'replication'],
];

const states: readonly (readonly [RegExp, Sign])[] = [
  [/(?:^|[\s_])(?:fail(?:ed|ure)?|error|crash(?:ed)?|cancell?ed|aborted|incomplete)(?:$|[\s_])/i, 'failed'],
  [/(?:^|[\s_])(?:end|ended|success|succeeded|successful|completed?|finished|done|stopped)(?:$|[\s_])/i, 'end'],
  [/(?:^|[\s_])(?:start|started|starting|begin|running|new)(?:$|[\s_])/i, 'start'],
];

/** What a state says that stands as a member of its own; `sync_end FAILURE` is a failed one. */
const toldByState = (state: string, says: string): Told | undefined => {
  const found = states.find(([form]) => form.test(state));
  if (!found) return undefined;
  const names = `${state.replaceAll('_', ' ')} ${says.replaceAll('_', ' ')}`;
  if (!jobWords.test(names)) return undefined;
  return { sign: found[1], form: found[1], subject: subjectOf(names) };
};

/** What a line says of a run; undefined for nearly all lines. */
export const toldIn = ({ says, state, level }: Entry): Told | undefined => {
  const text = says.slice(0, 300).replaceAll('_', ' ');
  for (const [form, sign, subject] of own) if (form.test(says)) return { sign, form: sign, subject: [subject] };
  const cron = /^cron (?:\(\S{1,60}\) )?(CMD|CMDEND) \(/.exec(says)?.[1];
  if (cron !== undefined && !cronWords.test(says)) return undefined;
  if (cron !== undefined)
    return {
      sign: cron === 'CMD' ? 'start' : 'end',
      form: 'cron',
      subject: ['cron', ...subjectOf(says.slice(0, 200))],
    };
  if (state !== undefined && level !== 'error' && level !== 'fatal') {
    const told = toldByState(state, text);
    if (told) return told;
  }
  const code = exitCode.exec(text)?.[1];
  const [start, end, fail] = [startWord, endWord, failWord].map((form) => findWord(text, form));
  const failed = fail && !isCount(text, fail, 'failed') ? fail : undefined;
  const words = text.slice(0, 200);
  if (
    code !== undefined &&
    /exit|終了|ended|finished|status/i.test(text) &&
    (end || /exit|終了コード|code=exited/i.test(text))
  )
    return {
      sign: Number(code) === 0 ? 'end' : 'failed',
      form: 'exit',
      subject: subjectOf(words.replace(exitCode, ' ')),
    };
  if (failed && (!start || failed.at <= start.at || end === undefined))
    return { sign: 'failed', form: failed.word, subject: subjectOf(words) };
  if (end && !isCount(text, end, 'end') && (!start || end.at < start.at))
    return { sign: 'end', form: end.word, subject: subjectOf(words) };
  if (start && jobWords.test(text) && !noRuns.test(text))
    return { sign: 'start', form: start.word, subject: subjectOf(words) };
  return undefined;
};

const throttle =
  /http\/[\d.]{1,3} 429(?!\d)|(?:http|status|code|error|response|returned|got)\W{0,12}429(?!\d)|(?<!\d)429\W{0,3}(?:too many|client error)|too many requests|toomanyrequests|rate[ _-]?limit(?:ed|ing)?(?: was| has been)?\s?(?:exceeded|reached|hit|error)|(?:exceeded|reached|hit)\b.{0,40}\brate[ _-]?limit|rate[ _-]limited|REQUEST_LIMIT_EXCEEDED|GAIA_TM12|throttl(?:ed|ing)|quota exceeded|(?:API|リクエスト|呼び出し|コール).{0,12}(?:上限|制限)(?:数)?(?:に|を)(?:達|超)|レート制限|スロットリング|同時接続数が上限/iu;

export const isThrottled = ({ says, state }: Entry): boolean =>
  throttle.test(says.slice(0, 1_000)) || (state !== undefined && throttle.test(state));

const errorWord =
  /(?<![\p{L}\d])(?:error|exception|fatal|failed|failure|refused|denied|rejected|invalid|timed? ?out)(?![\p{L}\d])|[A-Z]\w{2,40}(?:Exception|Error)\b|[A-Z][A-Z\d]+(?:_[A-Z\d]+)*_(?:ERROR|EXCEPTION|EXCEEDED|REQUIRED|INVALID|VIOLATION|NOT_FOUND)\b|エラー|失敗|例外|異常|拒否/iu;
const noErrors =
  /(?<![\p{L}\d])(?:no|without|0|zero)\s(?:\p{L}{1,20}\s){0,2}(?:errors?|failures?|failed|exceptions?)|(?:errors?|failures?|failed|exceptions?|エラー|失敗|異常)(?:件数|数)?\s?[:=：(（]?\s?0(?![\d.])|エラー(?:は)?(?:なし|無し|ありません)|異常(?:なし|ありません)/iu;

/** Whether a line tells of an error. */
export const isError = ({ level, says, state }: Entry): boolean => {
  if (says === '') return false;
  if (level === 'error' || level === 'fatal') return true;
  const text = says.slice(0, 600);
  if (noErrors.test(text)) return false;
  if (level === 'info') return state === undefined && isThrottled({ says });
  return errorWord.test(text) || isThrottled({ says });
};
