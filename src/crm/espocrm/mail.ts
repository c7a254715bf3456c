import type { CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { type Json, textIn, utcIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { type Around, type Attempt, accountFields, accountOf, systemAccount } from './accounts.ts';
import { adminNeeded, type Door } from './door.ts';

const mostAccounts = 1_000;

/** The newest fetches of all accounts. */
const attemptsOf = async (door: Door, signal: AbortSignal): Promise<readonly Attempt[]> => {
  const { items } = await door.list(
    'ScheduledJobLogRecord',
    {
      select: ['id', 'status', 'executionTime', 'targetId', 'targetType'],
      where: [{ type: 'in', attribute: 'targetType', value: ['InboundEmail', 'EmailAccount'] }],
      orderBy: 'executionTime',
      order: 'desc',
    },
    signal,
    adminNeeded,
  );
  return items.flatMap((row) => {
    const [target, at] = [textIn(row.targetId), utcIn(row.executionTime)];
    return target === undefined || at === undefined ? [] : [{ target, at, failed: row.status === 'Failed' }];
  });
};

/** What the application log, where it is on, says of failed jobs: `CheckInboundEmails job failed, ID; …`. */
const failuresOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<readonly string[]> => {
  const { items } = await door.list(
    'AppLogRecord',
    {
      select: ['id', 'message'],
      where: [{ type: 'contains', attribute: 'message', value: 'job failed' }],
      orderBy: 'number',
      order: 'desc',
      maxSize: 50,
    },
    signal,
  );
  return items.flatMap((row) => textIn(row.message) ?? []).map((message) => client.printable(message));
};

const textUnknown: Text = {
  en: 'EspoCRM keeps that a fetch failed, and its reason only in data/logs/espo-DATE.log (or in Administration > App Log, where that is switched on)',
  ja: 'EspoCRM は取得の失敗だけを記録します。理由は data/logs/espo-日付.log（有効な場合は「管理 > アプリログ」）にあります',
};

const tooMany: Text = {
  en: `only the first ${mostAccounts} mail accounts of each kind were read`,
  ja: `メールアカウントは種類ごとに先頭の ${mostAccounts} 件だけを読み取りました`,
};

const lower = (value: unknown): string | undefined => textIn(value)?.toLowerCase();

export const mailOf = async (
  door: Door,
  settings: Json,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<CrmMailSettings>> => {
  const group = await door.all(
    'InboundEmail',
    { select: [...accountFields, 'createCase'], orderBy: 'createdAt' },
    signal,
    mostAccounts,
  );
  const personal = await door.all(
    'EmailAccount',
    { select: accountFields, orderBy: 'createdAt' },
    signal,
    mostAccounts,
  );
  const none = (): void => undefined;
  const attempts = (await unlessRefused(() => attemptsOf(door, signal), ['permission', 'not-found'], none)) ?? [];
  const failed = attempts.some((one) => one.failed);
  const words = failed
    ? ((await unlessRefused(() => failuresOf(door, client, signal), ['permission', 'not-found'], none)) ?? [])
    : [];
  const around: Around = {
    attempts,
    says: (id) => words.find((message) => message.includes(id)),
    systemAddress: lower(settings.outboundEmailFromAddress),
  };
  const system = systemAccount(settings, client);
  const accounts = [
    ...(system ? [system] : []),
    ...group.items.flatMap(
      (row) => accountOf('InboundEmail', row, system ? { ...around, systemAddress: '' } : around, client) ?? [],
    ),
    ...personal.items.flatMap((row) => accountOf('EmailAccount', row, { ...around, systemAddress: '' }, client) ?? []),
  ];
  const active = accounts.filter(({ enabled }) => enabled);
  const missing = [
    ...(active.some(({ isDefault }) => isDefault) ? [] : (['outgoing'] as const)),
    ...(active.some(({ services }) => services.imap) ? [] : (['incoming'] as const)),
  ];
  const sender = textIn(settings.outboundEmailFromAddress);
  return {
    value: {
      accounts,
      ...(sender === undefined ? {} : { aliases: [{ role: 'default-from', address: client.printable(sender, 255) }] }),
      ...(missing.length > 0 ? { missing } : {}),
    },
    gaps: [...(failed && words.length === 0 ? [textUnknown] : []), ...(group.whole && personal.whole ? [] : [tooMany])],
  };
};
