import type { SecretSource } from '../../model/config.ts';
import type { Subject } from '../../model/mailbox.ts';
import type { ChannelConfig } from '../../model/notify.ts';

/** The ids of the secrets that a piece of configuration refers to. */
const refsIn = (node: unknown): readonly string[] => {
  if (typeof node !== 'object' || node === null) return [];
  if ('secret' in node && typeof node.secret === 'string' && Object.keys(node).length === 1) return [node.secret];
  return Object.values(node).flatMap(refsIn);
};

/**
 * The secrets that notifications are sent with, and those that are known without asking anybody, for what is taken out of
 * texts. A thousand mailboxes have a thousand commands for their passwords, and none of them is run for a notice.
 */
export const neededSources = (
  sources: ReadonlyMap<string, SecretSource>,
  notify: readonly ChannelConfig[],
  senders: readonly Subject[],
): ReadonlyMap<string, SecretSource> => {
  const refs = new Set([...notify, ...senders.map(({ config }) => config)].flatMap(refsIn));
  return new Map([...sources].filter(([id, { kind }]) => kind === 'value' || refs.has(id)));
};
