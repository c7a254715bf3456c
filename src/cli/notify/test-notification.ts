import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { findConfig, readConfig } from '../../config/read.ts';
import type { Language, Text } from '../../model/text.ts';
import { plainText } from '../../notify/message.ts';
import type { Notice } from '../../notify/notice.ts';
import { messageOf } from '../../notify/tell.ts';
import { askYesNo } from '../ask.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { mailboxesIn } from '../mailboxes/target.ts';
import { meant } from '../suggest.ts';
import type { ChannelsOf, OpenChannels } from './open-channels.ts';
import { openChannels } from './open-channels.ts';

type TestFlags = Pick<CommonFlags, 'config' | 'lang' | 'input'> & { readonly yes?: boolean };

const noChannels: Text = {
  en: 'the configuration has no notify: section, so nobody would be told',
  ja: '設定ファイルに notify: がないため、通知先がありません',
};

const settings = async (flags: TestFlags, { io, language }: Context): Promise<ChannelsOf> => {
  const file = await findConfig({
    ...(flags.config === undefined ? {} : { explicit: flags.config }),
    cwd: io.cwd,
    env: io.env,
  });
  if (file === undefined) {
    throw new UsageError({
      en: `no crm-doctor.yaml in ${io.cwd} or above it. Let crm-doctor init write one`,
      ja: `${io.cwd} とその上位に crm-doctor.yaml がありません。crm-doctor init で作成してください`,
    });
  }
  const loaded = await readConfig(file, io.env);
  const { notify = [] } = loaded;
  if (notify.length === 0) throw new UsageError(noChannels);
  const { subjects: mailboxes = [], sources = loaded.secrets } = (await mailboxesIn(loaded, io.env)) ?? {};
  return {
    notify,
    mailboxes,
    sources,
    language: flags.lang === undefined ? (loaded.language ?? language) : language,
    timeZone: loaded.watch?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    env: io.env,
  };
};

const named = (given: ChannelsOf, name: string | undefined): ChannelsOf => {
  if (name === undefined) return given;
  const notify = given.notify.filter((one) => one.name === name);
  if (notify.length > 0) return { ...given, notify };
  const names = given.notify.map((one) => one.name);
  const near = meant(name, names);
  throw new UsageError({
    en: `no channel is called ${name}${near.en}; there are ${names.join(', ')}`,
    ja: `${name} という通知先はありません${near.ja}。あるのは ${names.join('、')} です`,
  });
};

const testNotice = (): Notice => ({
  kind: 'test',
  id: `test.${randomBytes(8).toString('hex')}`,
  at: new Date().toISOString(),
  severity: 'info',
  machine: hostname(),
});

const preview = (notice: Notice, { timeZone }: ChannelsOf, { channels, pings }: OpenChannels, language: Language) => {
  const groups = (['en', 'ja'] as const).flatMap((one) => {
    const some = channels.filter((channel) => channel.language === one);
    if (some.length === 0) return [];
    const message = messageOf(notice, { language: one, timeZone });
    const to = some.map(({ name, type, host }) => `  ${name} (${type}, ${host})\n`).join('');
    const text = `${message.subject}\n\n${plainText(message)}`.replace(/^(?=.)/gm, '    ');
    return [`${to}\n${text}`];
  });
  const pinged = pings.map(
    ({ name, host }) =>
      ({ en: `  ${name} (ping, ${host}): start and success\n`, ja: `  ${name} (ping, ${host}): 開始と成功を送信\n` })[
        language
      ],
  );
  const head = { en: 'A test notice would be sent to:\n', ja: '次の通知先にテスト通知を送ります。\n' }[language];
  return `${head}${[...groups, ...pinged].join('\n')}\n`;
};

/** By the exit code that it makes; as wide as each other. */
const resultWords = (code: number, language: Language): string =>
  language === 'ja'
    ? ({ 0: '成功  ', 3: '不明  ' }[code] ?? '失敗  ')
    : ({ 0: 'OK      ', 3: 'UNKNOWN ' }[code] ?? 'FAILED  ');

/**
 * `watch --test-notification [NAME]`: shows what would be sent and where, asks, sends it, and says what came of it. 0: all of
 * them took it; 1: one did not; 3: of one it is not known.
 */
export const testNotification = async (
  name: string | undefined,
  flags: TestFlags,
  context: Context,
): Promise<number> => {
  const given = named(await settings(flags, context), name);
  const { language } = given;
  const { out, err } = context.io;
  const opened = await openChannels(given);
  const notice = testNotice();
  err.write(preview(notice, given, opened, language));
  const answer = await askYesNo({ en: 'Send it?', ja: '送信しますか？' }, flags, { ...context, language });
  if (answer === 'cannot-ask') {
    throw new UsageError({
      en: 'nothing was sent: nobody is there to be asked; add --yes',
      ja: '何も送信していません。確認の質問ができないため、送信するには --yes を付けてください',
    });
  }
  if (answer === 'interrupted') return 130;
  if (answer === 'no') {
    err.write({ en: 'nothing was sent\n', ja: '何も送信していません\n' }[language]);
    return 0;
  }
  const ending = new AbortController();
  const deaf = context.io.onInterrupt(() => ending.abort());
  const say = (code: number, who: string, text?: Text): number => {
    out.write(`${resultWords(code, language)}${who}${text ? `: ${text[language]}` : ''}\n`);
    return code;
  };
  try {
    const sent = opened.channels.map(async (channel) => {
      const parcel = { notice, id: `${notice.id}.${channel.name}`, uncertain: [] };
      const outcome = await channel.send(parcel, ending.signal);
      const code = outcome.kind === 'delivered' ? 0 : outcome.kind === 'uncertain' ? 3 : 1;
      return say(code, channel.name, outcome.says);
    });
    const pinged = opened.pings.map(async ({ name: who, tell }) => {
      const lines = [messageOf(notice, { language, timeZone: given.timeZone }).subject];
      const wrong = (await tell('start', lines, ending.signal)) ?? (await tell('success', lines, ending.signal));
      return say(wrong === undefined ? 0 : 1, who, wrong);
    });
    const all = await Promise.all([...sent, ...pinged]);
    return [1, 3].find((code) => all.includes(code)) ?? 0;
  } finally {
    deaf();
  }
};
