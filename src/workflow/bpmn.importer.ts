import { processesOf } from './bpmn/process.ts';
import { nothingImported } from './build.ts';
import type { Imported, Importer, SourceText } from './importer.ts';
import { readXml } from './source/xml.ts';
import { suppressionsOf } from './source/xml-suppressions.ts';

/** The namespace of BPMN 2.0 (OMG formal/2011-01-03, 15.3.3). */
const namespace = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

const read = ({ file, text }: SourceText): Imported => {
  const reading = readXml(text, file);
  if (reading.kind === 'fault') {
    const { rule, at, says } = reading;
    return { ...nothingImported, problems: [{ rule, place: at, message: says }] };
  }
  return {
    workflows: processesOf(reading.root),
    problems: [],
    suppressions: suppressionsOf(reading.root, reading.comments),
  };
};

export const bpmn: Importer = {
  kind: 'importer',
  name: 'bpmn',
  formats: ['BP'],
  recognises: ({ text }) => text.slice(0, 8192).includes(namespace),
  read,
};
