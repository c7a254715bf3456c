import type { SecretForm } from '../../reason/redact.ts';
import type { Known } from './known.ts';

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * A mail server's log is about everybody whose mail it carries. Of the addresses of others the domain stays, for it may
 * explain a refusal; message ids stay, for they tie lines together.
 */
export const othersAddress = ({ loaded }: Known): SecretForm => {
  const own = [loaded?.mail ?? []]
    .flat()
    .flatMap(({ address, username, from }) => [address, username ?? '', from ?? '']);
  const kept = [...new Set([...own.filter((name) => name.includes('@')).map(quoted), 'postmaster@', 'mailer-daemon@'])];
  return {
    rule: 'other-address',
    pattern: new RegExp(
      `(?<![\\w.+%-])(?<!(?:message-?id|msgid|\\bid)[=: ]{1,2}<?)(?!${kept.join('|')})[\\w.+%-]{1,64}@(?=[\\w-]{1,63}\\.)`,
      'gi',
    ),
    to: '***@',
  };
};
