import type { Severity } from './cause.ts';
import type { MailConfig, SecretRef } from './config.ts';
import type { Language } from './text.ts';

/** What a notice is about; a configuration may choose by `kinds`. */
export const noticeKinds = [
  'problem',
  'changed',
  'recovered',
  'reminder',
  'flapping',
  'calm',
  'digest',
  'own-failure',
  'drift',
] as const;

export type NoticeKind = (typeof noticeKinds)[number];

/** What every channel has. */
interface AnyChannel {
  readonly name: string;
  /** Where it stands in the configuration: `notify`, or `notify[NAME]`. */
  readonly path: string;
  /** Absent: that of the report. */
  readonly language?: Language;
  readonly atLeast: Severity;
  readonly kinds?: readonly NoticeKind[];
  /** Labels of mailboxes, CRMs and comparisons; `*` stands for any characters. */
  readonly mailboxes?: readonly string[];
  readonly tenants?: readonly string[];
  /** The channel that takes over where this one is itself the problem. */
  readonly instead?: string;
  /** Absolute path of a PEM file that is trusted in addition. */
  readonly ca?: string;
}

/** A place that takes a POST; whoever knows the address may write there, so it is a secret. */
interface AtUrl {
  readonly url: SecretRef;
}

export type ChannelConfig = AnyChannel &
  (
    | {
        readonly type: 'email';
        readonly to: readonly string[];
        /** The name or address of a configured mailbox through which it is sent; absent: the first one that can send. */
        readonly account?: string;
        /** An account of its own in place of a configured mailbox. */
        readonly own?: MailConfig;
      }
    | ({ readonly type: 'slack' | 'teams' | 'google-chat' } & AtUrl)
    | { readonly type: 'chatwork'; readonly room: string; readonly token: SecretRef }
    | ({ readonly type: 'line-works'; readonly form: 'webhook' } & AtUrl)
    | {
        readonly type: 'line-works';
        readonly form: 'bot';
        readonly bot: string;
        readonly to: { readonly kind: 'channels' | 'users'; readonly id: string };
        readonly clientId: string;
        readonly clientSecret: SecretRef;
        readonly serviceAccount: string;
        /** Absolute path of the PEM file with the key of the service account. */
        readonly privateKeyFile: string;
      }
    | ({ readonly type: 'webhook'; readonly secret?: SecretRef } & AtUrl)
    | ({ readonly type: 'ping' } & AtUrl)
    | { readonly type: 'command'; readonly argv: readonly string[]; readonly timeoutMs: number }
  );

export type ChannelType = ChannelConfig['type'];

export const channelTypes = [
  'email',
  'slack',
  'teams',
  'chatwork',
  'line-works',
  'google-chat',
  'webhook',
  'ping',
  'command',
] as const satisfies readonly ChannelType[];
