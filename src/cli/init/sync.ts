import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { syncYaml } from '../../config/new-sync-config.ts';
import { findConfig, readConfigText } from '../../config/read.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { SyncProposal } from '../../model/sync/proposal.ts';
import type { Side } from '../../model/sync/side.ts';
import type { OpenedSource } from '../../model/sync/source.ts';
import type { SideConfig } from '../../model/sync/subject.ts';
import type { Language, Text } from '../../model/text.ts';
import { newRunId } from '../../runbook/runbook.ts';
import { proposeSync } from '../../sync/propose/propose.ts';
import { sideToLookAt } from '../../sync/propose/side-to-look-at.ts';
import { askYesNo, Interrupted } from '../ask.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import { openWorld } from '../open-world.ts';
import { recordedFile } from '../recorded-file.ts';
import { sourceFailureWords } from '../sync/failure-words.ts';
import { openSide } from '../sync/open-side.ts';
import { printable } from '../sync/printable.ts';
import { privateDirectory } from '../sync/private-directory.ts';
import { crmsOf, namedSides, quoted } from '../sync/target.ts';
import { createFile, isThere, replaceWhole } from './file.ts';
import type { InitFlags } from './flags.ts';

const usage: Text = {
  en: 'name the two sides: crm-doctor init sync crm.csv shop.csv (files, URL#TABLE of a database, crm:TYPE)',
  ja: '比べるものを 2 つ指定してください: crm-doctor init sync crm.csv shop.csv（ファイル、データベースの URL#テーブル、crm:種類）',
};

const ending = (signal: AbortController, { io }: Context): (() => void) =>
  io.onInterrupt(() => signal.abort(new Interrupted()));

/** Both sides looked at, and what their records say. */
const proposed = async (
  places: readonly [string, string],
  flags: InitFlags,
  context: Context,
): Promise<{ readonly proposal: SyncProposal; readonly sides: Readonly<Record<Side, SideConfig>> }> => {
  const { io, language } = context;
  const { subject, sources } = await namedSides(places, flags, io);
  const opened = await openWorld(sources, { subjects: crmsOf([subject]) });
  const directory = privateDirectory();
  const stop = new AbortController();
  const deaf = ending(stop, context);
  const sides = { left: subject.config.left, right: subject.config.right };
  const open: OpenedSource[] = [];
  try {
    for (const side of ['left', 'right'] as const) {
      const kit = {
        secret: (ref: { readonly secret: string } | undefined) =>
          ref === undefined ? undefined : opened.secrets.reveal(ref),
        directory: directory.path,
        printable,
      };
      const reply = await openSide(sides[side], kit, opened.crm, stop.signal);
      if (reply.kind === 'failed') {
        const words = sourceFailureWords(reply.failure);
        throw new UsageError({ en: words.en, ja: words.ja });
      }
      open.push(reply.source);
    }
    const [left, right] = open;
    if (!left || !right) throw new UsageError(usage);
    if (io.err.isTTY && !flags.quiet) {
      io.err.write({ en: 'reading both sides ...\n', ja: '両側を読み取っています…\n' }[language]);
    }
    const looked = async (source: OpenedSource) => sideToLookAt(source, directory.path, stop.signal);
    const proposal = await proposeSync(await looked(left), await looked(right), stop.signal);
    if (stop.signal.aborted) throw new Interrupted();
    // What half of a side seems to say is no ground for a file that is written.
    const [unread] = proposal.failures;
    if (unread) throw new UsageError(sourceFailureWords(unread.failure));
    return { proposal, sides };
  } finally {
    deaf();
    await Promise.all(open.map((source) => source.close()));
    await directory.remove();
    await opened.crm.close();
  }
};

/** A file beside the configuration is named as one would type it there. */
const besides = (side: SideConfig, directory: string): SideConfig => {
  if (side.kind !== 'file') return side;
  const short = relative(directory, side.file);
  return short.startsWith('..') || isAbsolute(short) ? side : { ...side, file: `./${short}` };
};

const sureness = (confidence: number): string => `${Math.round(100 * confidence)} %`;

/** What was found, in a few lines. */
const summary = (
  { key, otherKeys, failedKeys, fields, ignored, unmapped, zoneless }: SyncProposal,
  language: Language,
): string => {
  const pairs = (left: readonly string[], right: readonly string[]): string =>
    left.map((name, at) => (name === right[at] ? name : `${name} = ${right[at] ?? ''}`)).join(' + ');
  const lines: Text[] = [];
  if (key) {
    // How many keys meet, and how many records share one.
    const because = key.evidence.slice(0, 2);
    const rules = key.rules.length === 0 ? '' : ` (${key.rules.join(', ')})`;
    const name = pairs(key.left, key.right);
    lines.push({
      en: `key: ${name}${rules}, ${sureness(key.confidence)} sure: ${because.map(({ en }) => en).join('; ')}`,
      ja: `キー: ${name}${rules}（確からしさ ${sureness(key.confidence)}。${because.map(({ ja }) => ja).join('。')}）`,
    });
    for (const other of otherKeys.slice(0, 3)) {
      const also = pairs(other.left, other.right);
      const sure = sureness(other.confidence);
      lines.push({
        en: `  would do as well: ${also} (${sure} sure)`,
        ja: `  ほかに使えるキー: ${also}（確からしさ ${sure}）`,
      });
    }
  } else {
    const any = failedKeys.length > 0;
    lines.push({
      en: any ? 'no key is good enough:' : 'no column of one side holds the keys of the other',
      ja: any ? 'キーとして使える列が見つかりません:' : '両側で共通する値を持つ列がなく、キーが決まりません',
    });
    for (const { left, right, why } of failedKeys.slice(0, 5)) {
      const name = pairs(left, right);
      lines.push({ en: `  ${name}: ${why[0]?.en ?? ''}`, ja: `  ${name}: ${why[0]?.ja ?? ''}` });
    }
  }
  const doubtful = fields.filter(({ confidence }) => confidence < 0.6).map(({ left }) => left);
  lines.push({
    en: `columns: ${fields.length} belong together${doubtful.length === 0 ? '' : `, to be checked: ${doubtful.join(', ')}`}; ${unmapped.left.length} only on the left, ${unmapped.right.length} only on the right${ignored.length === 0 ? '' : `, ${ignored.length} better not compared`}`,
    ja: `列: 対応するもの ${fields.length} 列${doubtful.length === 0 ? '' : `（要確認: ${doubtful.join('、')}）`}、左側だけ ${unmapped.left.length} 列、右側だけ ${unmapped.right.length} 列${ignored.length === 0 ? '' : `、比べないほうがよい組 ${ignored.length}`}`,
  });
  for (const side of ['left', 'right'] as const) {
    const names = zoneless?.[side] ?? [];
    if (names.length === 0) continue;
    const [en, ja] = [side, { left: '左側', right: '右側' }[side]];
    lines.push({
      en: `times without a zone (${en}): ${names.join(', ')}; compared as they are written, and taken for UTC where an instant is needed. If they are local times, set timeZone: of that side`,
      ja: `タイムゾーンのない時刻（${ja}）: ${names.join('、')}。書かれたとおりに比べ、時点が必要な判定では UTC とみなします。現地時間であれば、${ja}に timeZone: を指定してください`,
    });
  }
  return lines.map((line) => line[language]).join('\n');
};

const hasComparison = (text: string, file: string, env: Readonly<Record<string, string | undefined>>): boolean =>
  readConfigText(text, file, env, { uses: [] }).config.sync !== undefined;

/** The section in its file: a new one, or behind what stands there, which is asked for and kept beside it. */
const written = async (file: string, section: string, flags: InitFlags, context: Context): Promise<boolean> => {
  const { io } = context;
  const run = newRunId(new Date());
  const done = async (write: () => ReturnType<typeof createFile>): Promise<boolean> => {
    const reply = await recordedFile({ by: 'init sync', run, where: file }, write, flags, context);
    if (reply.kind === 'refused') throw new UsageError(reply.text);
    return true;
  };
  if (!(await isThere(file))) return done(() => createFile(file, `version: 1\n${section}`));
  const before = await readFile(file, 'utf8');
  if (hasComparison(before, file, io.env)) {
    throw new UsageError({
      en: `${file} has a sync: section already; print the proposal with --stdout, or write it elsewhere with --output FILE`,
      ja: `${file} にはすでに sync: があります。--stdout で表示するか、--output ファイル で別の場所に書き出してください`,
    });
  }
  if (!flags.force) {
    const question = {
      en: `Add the section to ${file} (the old file is kept beside it)?`,
      ja: `${file} に追記しますか？（元のファイルは隣に残します）`,
    };
    const answer = await askYesNo(question, flags, context);
    if (answer === 'interrupted') throw new Interrupted();
    if (answer === 'no') return false;
    if (answer !== 'yes') {
      throw new UsageError({
        en: `${file} is there already and is not changed unasked; add the section with --yes, or print it with --stdout`,
        ja: `${file} はすでにあるため、確認なしには変更しません。--yes を付けると追記し、--stdout なら表示だけします`,
      });
    }
  }
  const after = `${before.endsWith('\n') ? before : `${before}\n`}\n${section}`;
  // What is written must be read again.
  readConfigText(after, file, io.env, { uses: [] });
  return done(() => replaceWhole(file, after, run));
};

/** `crm-doctor init sync LEFT RIGHT`: how the two are to be compared, from their own records. */
export const initSync = async (named: readonly string[], flags: InitFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const [left, right] = named;
  if (left === undefined || right === undefined) throw new UsageError(usage);
  const { proposal, sides } = await proposed([left, right], flags, context);
  const file = resolve(io.cwd, flags.output ?? flags.config ?? 'crm-doctor.yaml');
  const sideOf = (side: Side, variable: string | undefined) => ({
    config: besides(sides[side], dirname(file)),
    ...(variable === undefined ? {} : { passwordVariable: variable }),
  });
  const section = syncYaml(
    proposal,
    { left: sideOf('left', flags.leftPasswordEnv), right: sideOf('right', flags.rightPasswordEnv) },
    { language, at: new Date().toISOString() },
  );
  const code = proposal.key ? 0 : 3;
  if (flags.json) {
    io.out.write(`${JSON.stringify({ ...proposal, config: section }, null, 2)}\n`);
    return code;
  }
  if (flags.stdout) {
    io.out.write(section);
    return code;
  }
  const { columns } = renderOptions(flags, context);
  const tell = (text: string): void => {
    const most = Math.min(columns, 100);
    for (const line of text.split('\n')) {
      // What goes on in the next line stands under its beginning.
      const indent = line.startsWith('  ') ? '    ' : '  ';
      const [first = '', ...more] = wrap(printable(line, 2000), most - indent.length);
      io.out.write(`${first}\n`);
      for (const part of more) io.out.write(`${indent}${part}\n`);
    }
  };
  tell(summary(proposal, language));
  // Without a key there is nothing that could be run.
  if (!proposal.key) {
    tell(
      {
        en: '\nNothing was written, as it could not be run without a key. If you know the columns that tell records apart, name them: crm-doctor sync LEFT RIGHT --key LEFT=RIGHT, or put them into what is proposed:',
        ja: '\nキーがないと実行できないため、ファイルには書き込んでいません。レコードを区別する列がわかる場合は、crm-doctor sync 左 右 --key 左の列=右の列 で指定するか、次の案に書き加えてください:',
      }[language],
    );
    io.out.write(`\n${section}`);
    return code;
  }
  if (!(await written(file, section, flags, context))) return 0;
  const name = join(relative(io.cwd, file)) || file;
  const found = await findConfig({ cwd: io.cwd, env: io.env });
  const next = found === file ? 'crm-doctor sync' : `crm-doctor sync --config ${quoted(name)}`;
  tell(
    {
      en: `\n${name} written. Look through it, then: ${next}`,
      ja: `\n${name} に書き込みました。内容を確認してから ${next} を実行してください`,
    }[language],
  );
  return code;
};
