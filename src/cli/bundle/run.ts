import { mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UnsafeBundle } from '../../bundle/build.ts';
import { leaksIn } from '../../bundle/scan.ts';
import { visible } from '../../i18n/visible.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Text } from '../../model/text.ts';
import { jsonOf } from '../../report/json-text.ts';
import { askYesNo } from '../ask.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import { ground } from './ground.ts';
import { made, ticketIn } from './make.ts';
import { previewLines } from './preview.ts';
import type { BundleFlags } from './sections.ts';

/** The text alone, for a mail that is written right now. */
const textOnly = async (wanted: string, flags: BundleFlags, context: Context): Promise<number> => {
  const here = await ground(wanted, flags, context);
  const text = await ticketIn(context.language, here, flags, context);
  const whole = `${text.subject}\n\n${text.body}`;
  const bytes = Buffer.from(whole);
  const leaks = leaksIn(
    [{ name: '--text', kind: 'derived', why: { en: '', ja: '' }, bytes, redactions: {} }],
    here.known.secrets,
  );
  if (leaks.length > 0) throw new UnsafeBundle({ kind: 'leaks', leaks });
  context.io.out.write(flags.json ? `${jsonOf(text, 2)}\n` : whole);
  return 0;
};

const written = async (file: string, bytes: Buffer): Promise<void> => {
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'EEXIST'
        ? { en: `${file} exists already`, ja: `${file} はすでにあります` }
        : { en: `${file} cannot be written (${error.code})`, ja: `${file} に書き込めません (${error.code})` },
    );
  });
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new UsageError({ en: `${file} cannot be written (${code})`, ja: `${file} に書き込めません (${code})` });
  } finally {
    await handle.close();
  }
};

const words = {
  ask: { en: 'Write this bundle?', ja: 'このサポート用ファイルを作成しますか？' },
  nothing: { en: 'Nothing was written.', ja: '何も書き込みませんでした。' },
  id: { en: 'Ticket id', ja: '受付番号' },
  done: {
    en: 'It was not sent anywhere. Who gets it can look at it with:',
    ja: 'どこにも送信していません。受け取った方は次のコマンドで確認できます。',
  },
  dry: { en: 'Nothing was written (--dry-run).', ja: '何も書き込んでいません（--dry-run）。' },
  yes: {
    en: 'nobody can be asked here; look at it with --dry-run, and write it with --yes',
    ja: '確認の質問ができません。--dry-run で内容を確認し、--yes を付けて実行してください',
  },
} as const satisfies Readonly<Record<string, Text>>;

const bundle = async (wanted: string, flags: BundleFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const here = await ground(wanted, flags, context);
  const { built, archive, bytes } = await made(here, flags, context);
  const file = resolve(io.cwd, flags.output ?? archive);
  const { manifest } = built;
  const tell = (isWritten: boolean): void => {
    if (flags.json) io.out.write(`${jsonOf({ file, written: isWritten, bytes: bytes.length, manifest }, 2)}\n`);
  };
  if (!flags.json && !flags.quiet) {
    const { columns } = renderOptions(flags, context);
    io.out.write(`${previewLines(built, bytes.length, language, columns).join('\n')}\n\n`);
  }
  if (flags.dryRun) {
    tell(false);
    if (!flags.json) io.out.write(`${words.dry[language]}\n`);
    return 0;
  }
  switch (await askYesNo(words.ask, flags, context)) {
    case 'yes':
      break;
    case 'no':
      tell(false);
      if (!flags.json) io.out.write(`${words.nothing[language]}\n`);
      return 0;
    case 'interrupted':
      return 130;
    case 'cannot-ask':
      throw new UsageError(words.yes);
  }
  await written(file, bytes);
  const saved = await here.runbook.append({
    kind: 'bundle-made',
    run: manifest.run,
    id: manifest.id,
    file,
    entries: manifest.entries.map(({ name }) => name),
  });
  if (saved.kind === 'failed') io.err.write(`crm-doctor: ${saved.text[language]}\n`);
  if (here.pseudonyms) {
    const kept = join(here.runbook.directory, 'pseudonyms', `${basename(file)}.json`);
    await mkdir(dirname(kept), { recursive: true, mode: 0o700 });
    await rm(kept, { force: true });
    await written(kept, Buffer.from(`${jsonOf(here.pseudonyms.mapping(), 2)}\n`));
    const words = {
      en: `which pseudonym stands for whom is kept on this machine only: ${kept}`,
      ja: `仮名と実際の名前の対応表は、この端末だけに保存しました: ${kept}`,
    };
    io.err.write(`crm-doctor: ${words[language]}\n`);
  }
  tell(true);
  if (!flags.json) {
    const { columns } = renderOptions(flags, context);
    const done = [file, `${words.id[language]}: ${manifest.id}`, words.done[language]].map(visible);
    // The command last and whole, so that it can be copied.
    const lines = [...done.flatMap((line) => wrap(line, columns)), visible(`  crm-doctor report --from ${archive}`)];
    io.out.write(`${lines.join('\n')}\n`);
  }
  return 0;
};

const unsafeText = ({ reason }: UnsafeBundle): Text => {
  if (reason.kind === 'own-word') {
    return {
      en: `nothing was written: the value of ${reason.secret} is an everyday word that crm-doctor's own files are full of, so that nobody could tell whether it leaks. Change this secret`,
      ja: `何も書き込みませんでした。${reason.secret} の値が crm-doctor 自身の出力にも使われる一般的な単語のため、漏れていないことを確かめられません。この値を変更してください`,
    };
  }
  const places = reason.leaks.slice(0, 5).map(({ entry, secret, encoding }) => `${entry}: ${secret} (${encoding})`);
  return {
    en: `nothing was written: a secret would still be in it. ${places.join('; ')}. Leave that part out with --exclude, and report this as a bug`,
    ja: `何も書き込みませんでした。秘密情報が残っています。${places.join('、')}。--exclude でその部分を除外し、不具合としてご報告ください`,
  };
};

export const runBundle = async (wanted: string, flags: BundleFlags, context: Context): Promise<number> => {
  try {
    return await (flags.text ? textOnly : bundle)(wanted, flags, context);
  } catch (error) {
    if (!(error instanceof UnsafeBundle)) throw error;
    context.io.err.write(`crm-doctor: ${visible(unsafeText(error)[context.language])}\n`);
    return 3;
  }
};
