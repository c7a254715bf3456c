import type { Login } from '../../model/login.ts';
import type { Service, Subject } from '../../model/mailbox.ts';
import { subjectOf } from '../../model/mailbox.ts';
import type { ChannelConfig } from '../../model/notify.ts';
import { type MailWay, mailOf } from '../../notify/email.channel.ts';
import type { Outcome } from '../../notify/outbox.ts';
import { openLedger } from '../../world/kit.ts';
import { sendMail } from '../../world/notify-mail.ts';
import { UsageError } from '../command.ts';
import type { Opening, Sender } from './opening.ts';

type EmailConfig = Extract<ChannelConfig, { readonly type: 'email' }>;

/** After a refused login nobody tries again at once: servers lock accounts for that. */
const restMs = 3_600_000;

/** The mailbox through which a channel sends. */
export const senderOf = (config: EmailConfig, mailboxes: readonly Subject[]): Subject => {
  if (config.own) return subjectOf(config.own, false);
  const able = mailboxes.filter(({ services }) => services.smtp);
  const { account } = config;
  const found = able.find(
    (one) => account === undefined || one.name === account || one.address === account || one.label === account,
  );
  if (found) return found;
  throw new UsageError({
    en: `${config.path}: there is no mailbox with smtp${account === undefined ? '' : ` that is called ${account}`}`,
    ja: `${config.path}: smtp のあるメールボックス${account === undefined ? '' : ` ${account}`}がありません`,
  });
};

/** A channel by mail, through the account as it is configured. */
export const openEmail = (
  config: EmailConfig,
  mailboxes: readonly Subject[],
  opening: Opening,
): Sender & { readonly way: MailWay } => {
  const subject = senderOf(config, mailboxes);
  const service: Service | undefined = subject.services.smtp;
  if (!service) throw new Error('an account that cannot send');
  let restsUntil = 0;
  return {
    repeatable: false,
    host: `${service.host}:${service.port}`,
    way: { label: subject.label, address: subject.address, to: config.to },
    send: async (content, signal): Promise<Outcome> => {
      const { kit, redact } = opening;
      const now = kit.clock.now();
      const login: Login = { protocol: 'smtp', host: service.host, username: service.username };
      if (opening.waiting?.(login)) restsUntil = now.getTime() + restMs;
      if (restsUntil > now.getTime()) {
        return {
          kind: 'later',
          afterMs: restsUntil - now.getTime(),
          says: {
            en: `the login to ${service.host} was refused before; it is not tried again for an hour`,
            ja: `${service.host} へのログインが拒否されたため、1 時間は再試行しません`,
          },
        };
      }
      const { subject: line, text } = mailOf(content);
      const mailed = await sendMail(
        { ...kit, ledger: openLedger(kit.limits) },
        service,
        { id: `crm-doctor.${content.id}`, from: subject.from, to: config.to, subject: line, text, date: now },
        signal,
      ).catch(() => ({ kind: 'uncertain' as const, says: 'interrupted' }));
      if (mailed.kind === 'sent') {
        if (mailed.rejected.length === 0) return { kind: 'delivered' };
        const lost = mailed.rejected.join(', ');
        return {
          kind: 'delivered',
          says: { en: `refused for ${lost}`, ja: `次の宛先には受け付けられませんでした: ${lost}` },
        };
      }
      if (mailed.kind === 'unsent' && mailed.login) {
        restsUntil = now.getTime() + restMs;
        opening.refused?.(login);
      }
      const words = redact(mailed.says).slice(0, 300);
      const says = {
        en: `${service.host}:${service.port}: ${words}`,
        ja: `${service.host}:${service.port}: ${words}`,
      };
      if (mailed.kind === 'uncertain') return { kind: 'uncertain', says };
      return mailed.again ? { kind: 'later', says } : { kind: 'refused', says };
    },
  };
};
