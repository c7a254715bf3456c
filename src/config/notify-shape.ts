import { channelTypes, noticeKinds } from '../model/notify.ts';
import { about, choice, duration, either, integer, list, object, path, text } from './shape.ts';

const texts = either(text, list(text));

/** One `notify:` object: which keys belong to which type is told by `channelsOf`. */
export const channel = object({
  required: { type: about('Where the notice goes.', choice(...channelTypes)) },
  optional: {
    name: about('What this channel is called; needed in a list.', text),
    language: about('Language of its notices; default: that of the report.', choice('ja', 'en')),
    atLeast: about('The mildest that is told; default: warning.', choice('critical', 'warning', 'info')),
    kinds: about('Only notices of these kinds; default: all.', list(choice(...noticeKinds))),
    mailboxes: about('Only what is about these mailboxes, CRMs or comparisons; * stands for any characters.', texts),
    tenants: about('Only what is about mailboxes of these tenants; * stands for any characters.', texts),
    else: about('The name of the channel that takes over where the mailbox of this one is itself the problem.', text),
    ca: about("A PEM file that is trusted in addition to the system's store.", path),
    to: about('email: who gets it.', texts),
    account: about('email: the configured mailbox through which it is sent; default: the first one with smtp.', text),
    from: about('email: the sender; needed with smtp.', text),
    smtp: about(
      'email: an account of its own in place of a configured mailbox.',
      object({
        required: { host: text },
        optional: { port: integer, security: choice('starttls', 'tls', 'none'), username: text },
        secrets: ['password'],
      }),
    ),
    room: about('chatwork: the number of the room (rid).', text),
    bot: about('line-works: the number of the bot.', text),
    channel: about('line-works: the id of the talk room.', text),
    user: about('line-works: the id of a member, in place of channel.', text),
    clientId: about('line-works: of the app that has the service account.', text),
    serviceAccount: about('line-works: id of the service account.', text),
    privateKeyFile: about('line-works: PEM file with the key of the service account.', path),
    command: about(
      'command: program and arguments, run without a shell; the notice comes on its input as JSON.',
      texts,
    ),
    timeout: about('command: how long it may take; default: 30s.', duration),
  },
  secrets: ['url', 'token', 'secret', 'clientSecret'],
});
