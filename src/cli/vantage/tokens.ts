import { isMailbox } from '../../model/check.ts';
import type { MailConfig, OAuthConfig, SecretSource } from '../../model/config.ts';
import type { Subject } from '../../model/mailbox.ts';
import { servicesOf, subjectOf } from '../../model/mailbox.ts';
import { secretValues } from '../../world/secrets.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { openWorld } from '../open-world.ts';
import type { Task } from '../task.ts';

/** Accounts whose token is fetched with something that should not travel. */
const fetches = (config: MailConfig): config is MailConfig & { readonly oauth: OAuthConfig } =>
  config.oauth !== undefined && config.oauth.accessToken === undefined;

/** Ids of the secrets with which a token is fetched. */
const meansOf = ({ refreshToken, clientSecret }: OAuthConfig): readonly string[] =>
  [refreshToken, clientSecret].flatMap((ref) => ref?.secret ?? []);

/**
 * The same task with access tokens that were fetched here, once: what they are fetched with (refresh token, client secret,
 * token file) stays on this machine. Where none can be had, the CRM's host is told all but the file, and says why itself.
 */
export const withTokens = async (task: Task, flags: CommonFlags, context: Context): Promise<Task> => {
  const mailboxes = task.subjects.filter(isMailbox);
  if (task.offline || !mailboxes.some(({ config }) => fetches(config))) return task;
  const read = await secretValues(task.sources);
  const sources = new Map<string, SecretSource>(read.map(([id, value]) => [id, { kind: 'value', value }]));
  const opened = await openWorld(sources, { subjects: mailboxes, mailboxes: mailboxes.length });
  const { signal } = new AbortController();
  if (task.login) {
    const { signInAll } = await import('../sign-in.ts');
    await signInAll(mailboxes, opened, { flags, context, signal });
  }
  const spent = new Set<string>();
  const subjects: Subject[] = [];
  for (const subject of mailboxes) {
    const { config, path, label } = subject;
    const service = servicesOf(subject).find(({ oauth }) => oauth);
    if (!fetches(config) || !service) {
      subjects.push(subject);
      continue;
    }
    const { tokenFile: _here, ...rest } = config.oauth;
    const { token } = await opened.tokens.tokenFor(service, signal);
    const secret = `${path}.oauth.accessToken`;
    if (token !== undefined) {
      sources.set(secret, { kind: 'value', value: token });
      for (const id of meansOf(config.oauth)) spent.add(id);
    }
    const oauth = token === undefined ? rest : { accessToken: { secret } };
    subjects.push(subjectOf({ ...config, oauth }, path !== 'mail', label));
  }
  const needed = new Set(subjects.flatMap(({ config }) => (config.oauth ? meansOf(config.oauth) : [])));
  for (const id of spent) if (!needed.has(id)) sources.delete(id);
  const others = task.subjects.filter((subject) => !isMailbox(subject));
  return { ...task, subjects: [...subjects, ...others], sources, login: false };
};
