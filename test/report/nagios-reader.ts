/** What a plugin printed, as Nagios and Icinga take it apart (Nagios Plugins Development Guidelines, 2.6 and 2.7). */
export interface PluginOutput {
  readonly says: string;
  readonly long: readonly string[];
  readonly data: ReadonlyMap<string, { readonly value: number; readonly unit: string }>;
}

const number = '-?\\d+(?:\\.\\d+)?';
/** `10`, `10:`, `~:10`, `@5:8` */
const range = new RegExp(`^@?(?:(?:~|${number})?:)?(?:${number})?$`);
const units = ['', 's', 'us', 'ms', '%', 'B', 'KB', 'MB', 'TB', 'c'];

/** `'label'=value[UOM];[warn];[crit];[min];[max]`, one after the other. */
const readData = (text: string): PluginOutput['data'] => {
  const data = new Map<string, { value: number; unit: string }>();
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    let label = '';
    if (text[at] === "'") {
      for (at += 1; ; at += 1) {
        if (at >= text.length) throw new Error('a label without its end');
        if (text[at] !== "'") label += text[at];
        else if (text[at + 1] === "'") {
          label += "'";
          at += 1;
        } else break;
      }
      at += 1;
    } else {
      while (at < text.length && !/[\s='|]/.test(text[at] ?? '')) label += text[at++];
    }
    if (label === '' || label.includes('=')) throw new Error(`label ${label}`);
    if (text[at] !== '=') throw new Error(`no value after ${label}`);
    const end = text.slice(at).search(/\s|$/) + at;
    const [value = '', ...limits] = text.slice(at + 1, end).split(';');
    at = end;
    const found = /^(-?\d+(?:\.\d+)?)([a-zA-Z%]*)$/.exec(value);
    const [, digits = '', unit = ''] = found ?? [];
    if (!found || !units.includes(unit)) throw new Error(`${label}=${value}`);
    if (limits.length > 4) throw new Error(`${label}: ${limits.length} limits`);
    limits.forEach((limit, index) => {
      const form = index < 2 ? range : new RegExp(`^(?:${number})?$`);
      if (!form.test(limit)) throw new Error(`${label}: limit ${limit}`);
    });
    if (data.has(label)) throw new Error(`${label} twice`);
    data.set(label, { value: Number(digits), unit });
  }
  return data;
};

export const readPlugin = (output: string): PluginOutput => {
  if (!output.endsWith('\n')) throw new Error('no line end');
  const [first = '', ...rest] = output.slice(0, -1).split('\n');
  const [says = '', data = '', ...more] = first.split('|');
  if (more.length > 0) throw new Error('two bars on the first line');
  // After the second bar everything is performance data.
  const [long = '', times = '', ...bars] = rest.join('\n').split('|');
  if (bars.length > 0) throw new Error('a bar too many');
  return {
    says: says.trim(),
    long: long.trim() === '' ? [] : long.trim().split('\n'),
    data: new Map([...readData(data), ...readData(times)]),
  };
};
