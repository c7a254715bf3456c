import { dirname } from 'node:path';
import { ConfigError } from '../../config/config-error.ts';
import type { MailboxList, MailConfig, SecretSource } from '../../model/config.ts';
import type { RejectedRecord, SourceFailure, SourceKit } from '../../model/sync/source.ts';
import type { Text } from '../../model/text.ts';
import { fileSource } from '../../sync/file.source.ts';
import { printable } from '../sync/printable.ts';
import { columnsOf } from './columns.ts';
import type { ReadRow, RowPlace } from './row.ts';
import { readRow, rowLabel } from './row.ts';

/** The mailboxes of a list, in its order. */
export interface ReadList {
  readonly mail: readonly MailConfig[];
  readonly sources: ReadonlyMap<string, SecretSource>;
  /** Rows that are switched off. */
  readonly disabled: number;
  /** Whether there is a column of tenants. */
  readonly tenants: boolean;
}

/** More than one machine could look at. */
const mostRows = 100_000;

const both = (en: string, ja: string): Text => ({ en, ja });

const fail = (file: string, text: Text, line?: number): never => {
  throw new ConfigError(file, [{ path: 'mailboxes.file', text, ...(line === undefined ? {} : { line, column: 1 }) }]);
};

const failureText = (failure: SourceFailure): Text => {
  switch (failure.kind) {
    case 'not-found': {
      const near = failure.hint && failure.hint.length > 0 ? failure.hint.join(', ') : undefined;
      return both(
        `mailboxes.file: there is no such file${near === undefined ? '' : `; near it is ${near}`}`,
        `mailboxes.file のファイルがありません${near === undefined ? '' : `。近い名前: ${near}`}`,
      );
    }
    case 'no-permission':
      return both('mailboxes.file: no permission to read it', 'mailboxes.file を読む権限がありません');
    case 'empty':
      return both('mailboxes.file: the file is empty', 'mailboxes.file が空です');
    case 'encoding':
      return both(
        'mailboxes.file: its encoding is not known; name it with mailboxes.encoding, such as utf-8 or shift_jis',
        'mailboxes.file の文字コードがわかりません。mailboxes.encoding に utf-8 や shift_jis のように指定してください',
      );
    default: {
      const says = 'says' in failure && failure.says !== undefined ? ` (${failure.says})` : '';
      return both(
        `mailboxes.file: it cannot be read as a list${says}`,
        `mailboxes.file を一覧として読み取れません${says}`,
      );
    }
  }
};

const rejectedText = ({ why }: RejectedRecord): Text => {
  switch (why) {
    case 'too-few-fields':
      return both('the row has fewer fields than the header', '列の数が見出しより少ない行です');
    case 'too-many-fields':
      return both(
        'the row has more fields than the header; a comma in a value needs quotes around it',
        '列の数が見出しより多い行です。値にカンマを含む場合は引用符で囲んでください',
      );
    case 'unclosed-quote':
      return both('a quote is not closed', '引用符が閉じられていません');
    case 'stray-quote':
      return both('a quote stands inside a value', '値の途中に引用符があります');
    case 'invalid-encoding':
      return both('the row holds bytes that its encoding has not', '文字コードとして正しくないバイトを含む行です');
    case 'too-long':
      return both('the row is too long', '行が長すぎます');
    default:
      return both('the row cannot be read', '読み取れない行です');
  }
};

/** A mailbox of which only the row is known. */
const lostRow = (list: MailboxList, row: number, text: Text): MailConfig => ({
  address: rowLabel(list.file, row),
  row: { file: list.file, row, faults: [text] },
});

/** Rows that could not be told apart in a report: the later one is not looked at, and says which one it repeats. */
const withoutTwins = (rows: readonly ReadRow[], taken: ReadonlySet<string>): readonly ReadRow[] => {
  const counted = new Map<string, number>();
  for (const { mail } of rows) counted.set(mail.address, (counted.get(mail.address) ?? 0) + 1);
  const seen = new Map<string, number>();
  return rows.map((one): ReadRow => {
    const { mail } = one;
    const { row } = mail;
    if (!row) return one;
    const label = (counted.get(mail.address) ?? 0) > 1 ? (mail.name ?? mail.address) : mail.address;
    const names = [label, ...(mail.name === undefined ? [] : [`name ${mail.name}`])];
    const before = names.map((name) => seen.get(name)).find((at) => at !== undefined);
    const known = names.some((name) => taken.has(name));
    if (before === undefined && !known) {
      for (const name of names) seen.set(name, row.row);
      return one;
    }
    const text =
      before === undefined
        ? both(
            'the same name or address stands in mail: of the configuration; give this row another name',
            '同じ名前またはアドレスが設定ファイルの mail: にあります。この行に別の name を付けてください',
          )
        : both(
            `the same name or address stands in row ${before}; give each of them a name of its own, or remove one`,
            `同じ名前またはアドレスが ${before} 行目にあります。それぞれに別の name を付けるか、片方を削除してください`,
          );
    const shown = `${mail.address} (${rowLabel(row.file, row.row)})`;
    return {
      ...one,
      sources: new Map(),
      mail: { address: shown, row: { ...row, faults: [...(row.faults ?? []), text] } },
    };
  });
};

const kitOf = (): SourceKit => ({
  secret: () => undefined,
  directory: () => Promise.reject(new Error('a list of mailboxes is not unpacked')),
  printable,
});

/** Reads `mailboxes.file`. What keeps it from being read at all is a ConfigError; what is wrong with one row is that mailbox's. */
export const readMailboxList = async (
  list: MailboxList,
  {
    configFile,
    env,
    taken,
  }: {
    readonly configFile: string;
    readonly env: RowPlace['env'];
    /** Names and addresses that `mail:` has. */
    readonly taken: ReadonlySet<string>;
  },
): Promise<ReadList> => {
  const { perHost } = list;
  if (perHost !== undefined && !(perHost >= 1 && perHost <= 100)) {
    fail(configFile, both('mailboxes.perHost is a number from 1 to 100', 'mailboxes.perHost は 1～100 の整数です'));
  }
  const { signal } = new AbortController();
  const reply = await fileSource.open(
    {
      kind: 'file',
      file: list.file,
      encoding: list.encoding ?? 'auto',
      ...(list.delimiter === undefined ? {} : { delimiter: list.delimiter }),
    },
    kitOf(),
    signal,
  );
  if (reply.kind === 'failed') return fail(list.file, failureText(reply.failure));
  const { source } = reply;
  try {
    const { facts } = source;
    const names = facts.columns.map(({ name }) => name);
    const { at, twice, misspelt } = columnsOf(names, list.tenant);
    if (twice !== undefined) {
      return fail(
        list.file,
        both(`two columns say the same: the second is ${twice}`, `同じ意味の列が 2 つあります: ${twice}`),
        1,
      );
    }
    if (!at.some((column) => column?.kind === 'account' && column.key === 'address')) {
      return fail(
        list.file,
        both(
          'there is no column "address"; the first line names the columns, such as address,password,imap,smtp',
          '「address」列がありません。1 行目に address,password,imap,smtp のような列名を書いてください',
        ),
        1,
      );
    }
    if (misspelt !== undefined) {
      return fail(
        list.file,
        both(
          `no column is called ${JSON.stringify(misspelt.name)}; did you mean ${misspelt.meant}?`,
          `${JSON.stringify(misspelt.name)} という列はありません。${misspelt.meant} のことでしょうか`,
        ),
        1,
      );
    }
    const tenants = at.some((column) => column?.kind === 'account' && column.key === 'tenant');
    if (list.tenant !== undefined && !tenants) {
      return fail(
        list.file,
        both(
          `it has no column ${JSON.stringify(list.tenant)}, which mailboxes.tenant names`,
          `mailboxes.tenant に指定された ${JSON.stringify(list.tenant)} という列がありません`,
        ),
        1,
      );
    }
    // A header is a row too, as a spreadsheet counts; JSON Lines has none.
    let row = facts.format.startsWith('json') ? 0 : 1;
    const rows: ReadRow[] = [];
    const lose = (text: Text): void => {
      rows.push({ mail: lostRow(list, row, text), sources: new Map(), disabled: false });
    };
    for await (const batch of source.rows(signal)) {
      if (batch.kind === 'failed') return fail(list.file, failureText(batch.failure));
      if (batch.kind === 'rejected') {
        row += 1;
        lose(rejectedText(batch.at));
      } else {
        for (const values of batch.rows) {
          row += 1;
          if (values.every((value) => value.trim() === '')) continue;
          rows.push(readRow(at, values, { list, directory: dirname(list.file), env, row }));
        }
      }
      if (rows.length > mostRows) {
        return fail(list.file, both(`it has more than ${mostRows} rows`, `行数が ${mostRows} を超えています`));
      }
    }
    const enabled = withoutTwins(
      rows.filter(({ disabled }) => !disabled),
      taken,
    );
    if (rows.length === 0) {
      return fail(list.file, both('it has a header and no mailbox', '見出しだけで、メールボックスがありません'));
    }
    return {
      mail: enabled.map(({ mail }) => mail),
      sources: new Map(enabled.flatMap(({ sources }) => [...sources])),
      disabled: rows.length - enabled.length,
      tenants,
    };
  } finally {
    await source.close();
  }
};
