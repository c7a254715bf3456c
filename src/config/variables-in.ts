import { isScalar, visit } from 'yaml';
import { parseConfig } from './document.ts';
import { writtenIn } from './reading.ts';

/** The variables of the environment that a configuration takes values from, in its order. Comments name none. */
export const variablesIn = (text: string): readonly string[] => {
  const names = new Set<string>();
  visit(parseConfig(text).yaml, (_, node) => {
    if (!isScalar(node)) return;
    for (const [, name] of writtenIn(node).matchAll(/\$\$\{|\$\{([A-Za-z_]\w*)\}/g)) if (name) names.add(name);
  });
  return [...names];
};
