/** `field=value` pairs as a mapping. */
const mapping = (pairs: string): string =>
  `{ ${(pairs.match(/\w+=(?:'[^']*'|\{\{[^}]*\}\}|\S+)/g) ?? [])
    .map((pair) => {
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      return `${pair.slice(0, at)}: ${value.startsWith('{{') ? `'${value}'` : value}`;
    })
    .join(', ')} }`;

const test = (pair: string): string => {
  const at = pair.indexOf('=');
  const value = pair.slice(at + 1);
  return `{ field: ${pair.slice(0, at)}, eq: ${value.startsWith('{{') ? `'${value}'` : value} }`;
};

const step = (text: string): string => {
  const branch = /^if (\S+): (.*) else: (.*)$/.exec(text);
  if (branch)
    return `{ if: ${test(branch[1] ?? '')}, then: [${step(branch[2] ?? '')}], else: [${step(branch[3] ?? '')}] }`;
  const query = /^where (\w+) (\S+) set (.*)$/.exec(text);
  if (query) return `{ update: ${query[1]}, where: ${test(query[2] ?? '')}, set: ${mapping(query[3] ?? '')} }`;
  const made = /^create (\w+) (.*)$/.exec(text);
  if (made) return `{ create: ${made[1]}, set: ${mapping(made[2] ?? '')} }`;
  if (text.startsWith('call ')) return `{ call: ${text.slice(5)} }`;
  return `{ update: record, set: ${mapping(text.replace(/^set /, ''))} }`;
};

const trigger = (text: string): string => {
  const [on = '', ...more] = text.split(' ');
  const keys = more.map((word) => {
    if (word.startsWith('[')) return `fields: ${word}`;
    return word === 'once' || word === 'whenBecomesTrue' ? `${word}: true` : `phase: ${word}`;
  });
  return `{ on: ${on}${on === 'schedule' ? ", at: '09:00', tz: Asia/Tokyo" : ''}${keys.map((key) => `, ${key}`).join('')} }`;
};

/**
 * Short workflows as native YAML, one a line: `name Object: trigger | conditions | step | step`. `!` after the name: switched off; conditions
 * are parted by `;`.
 */
export const spread = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const [head = '', when = '', ...steps] = line.split('|').map((part) => part.trim());
      const [, name, off, object, start] = /^(\w+)(!?) (\w+): (.*)$/.exec(head) ?? [];
      const tests =
        when === '' ? [] : when.split(';').map((one) => one.trim().replace(/^(\S+) (.*)$/, '{ field: $1, $2 }'));
      return [
        `workflow: ${name}`,
        `object: ${object}`,
        ...(off === '!' ? ['active: false'] : []),
        `trigger: ${trigger(start ?? '')}`,
        ...(tests.length > 0 ? [`when: [${tests.join(', ')}]`] : []),
        `steps: [${steps.map(step).join(', ')}]`,
        '',
      ].join('\n');
    })
    .join('---\n');
