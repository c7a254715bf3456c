/** Words beside which a secret stands, in whatever state the file is. */
const beside = /(?:pass|passwort|secret|token|パスワード)\w*["']?[\s:：=|>-]*([^\n]*)/giu;

/**
 * Tells what of a file may be repeated in a message. A file that cannot be read says nothing reliable about where its
 * secrets are, so whatever stands in a line after "password" or its like is taken for one.
 */
export const hushFor = (source: string): ((words: string) => boolean) => {
  const secrets = [...source.matchAll(beside)]
    .flatMap(([, rest = '']) => rest.split(/[\s"',{}[\]]+/))
    .filter((word) => word.length > 2 && !/^(\$\{\w+\}|\w+(File|Command)?:)$/.test(word));
  return (words) =>
    // Only a single harmless word is ever repeated: a broken quote can make a value of half the file.
    !/^[\p{L}\p{N}_.@+/*-]{1,60}$/u.test(words) ||
    secrets.some((secret) => secret.includes(words) || words.includes(secret));
};
