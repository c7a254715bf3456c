import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { logTime } from '../logs/log-words.ts';
import type { JobTrouble } from './job-troubles.ts';
import type { QueueTrouble } from './queue-troubles.ts';

/** `3 days`, `5 hours`, `20 minutes`: as exact as is of use. */
export const spanText = (ms: number): Text => {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 120) return both(minutes === 1 ? '1 minute' : `${minutes} minutes`, `${minutes} 分`);
  const hours = Math.round(minutes / 60);
  if (hours < 48) return both(`${hours} hours`, `${hours} 時間`);
  const days = Math.round(hours / 24);
  return both(`${days} days`, `${days} 日`);
};

const quoted = (says: string | undefined): Text =>
  says === undefined || says === '' ? both('', '') : both(`: "${says}"`, `（${says}）`);

const timesText = (failures: number | undefined): Text =>
  failures === undefined || failures < 2 ? both('', '') : both(` ${failures} times in a row`, ` ${failures} 回続けて`);

/** What is wrong, without its reason, as one sentence. */
export const jobTroubleText = (trouble: JobTrouble, product: string): Text => {
  switch (trouble.kind) {
    case 'scheduler': {
      const { how, jobs, last, says } = trouble;
      if (how === 'never-ran') {
        return both(
          `none of the ${jobs} active jobs of ${product} has ever run`,
          `${product} の有効なジョブ ${jobs} 件が一度も実行されていません`,
        );
      }
      const since =
        last === undefined
          ? both('', '')
          : both(`; the last one ran ${logTime(last)}`, `。最後の実行は ${logTime(last)}`);
      const told = how === 'told' ? quoted(says) : both('', '');
      return both(
        `${product} starts no jobs any more${told.en}${since.en}`,
        `${product} のジョブが起動されていません${told.ja}${since.ja}`,
      );
    }
    case 'inactive':
      return both(`the job "${trouble.job.name}" is switched off`, `ジョブ「${trouble.job.name}」が無効になっています`);
    case 'never-ran':
      return both(
        `the job "${trouble.job.name}" has never run`,
        `ジョブ「${trouble.job.name}」が一度も実行されていません`,
      );
    case 'overdue': {
      const late = spanText(trouble.lateMs);
      return both(
        `the job "${trouble.job.name}" is ${late.en} late`,
        `ジョブ「${trouble.job.name}」が予定より ${late.ja}遅れています`,
      );
    }
    case 'stuck':
      return both(
        `the job "${trouble.job.name}" has been running since ${logTime(trouble.since)}`,
        `ジョブ「${trouble.job.name}」が ${logTime(trouble.since)} から終わっていません`,
      );
    case 'failing': {
      const { name, failures, says } = trouble.job;
      const [times, said] = [timesText(failures), quoted(says)];
      return both(
        `the job "${name}" has failed${times.en}${said.en}`,
        `ジョブ「${name}」が${times.ja}失敗しています${said.ja}`,
      );
    }
  }
};

export const queueTroubleText = (trouble: QueueTrouble): Text => {
  if (trouble.kind === 'waiting') {
    const { count, oldest } = trouble;
    return both(
      `${count} messages wait to be sent, the oldest since ${logTime(oldest)}`,
      `送信待ちのメールが ${count} 件あります（最も古いものは ${logTime(oldest)}）`,
    );
  }
  const { count, says, domain } = trouble;
  const to = domain === undefined ? both('', '') : both(` to ${domain}`, `（宛先はすべて ${domain}）`);
  const said = quoted(says);
  return both(
    `${count === 1 ? '1 message' : `${count} messages`}${to.en} failed${said.en}`,
    `送信に失敗したメールが ${count} 件あります${to.ja}${said.ja}`,
  );
};
