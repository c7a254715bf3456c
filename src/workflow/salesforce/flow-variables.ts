import type { FieldType } from '../../model/workflow/schema.ts';
import type { Value } from '../../model/workflow/value.ts';
import type { Variable } from '../../model/workflow/workflow.ts';
import type { XmlElement } from '../source/xml-element.ts';
import type { FlowNames } from './flow-names.ts';
import { formulaOf, formulaValue } from './formula.ts';
import { mergedText } from './merge-text.ts';
import { pathsInside, valueIn } from './value.ts';

const types: Readonly<Record<string, FieldType | 'record'>> = {
  String: 'text',
  Number: 'number',
  Currency: 'currency',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Picklist: 'picklist',
  Multipicklist: 'multipicklist',
  SObject: 'record',
};

/** What stands behind a resource that has a value of its own. */
const defaultOf = (element: XmlElement, names: FlowNames): Value | undefined => {
  const place = element.place;
  switch (element.name) {
    case 'formulas': {
      const expression = element.first('expression');
      return expression ? formulaValue(formulaOf(expression, names.value)) : undefined;
    }
    case 'textTemplates': {
      const text = element.first('text');
      return text ? mergedText(text, names.value) : undefined;
    }
    case 'choices':
    case 'dynamicChoiceSets':
      return { kind: 'opaque', text: element.name, reads: pathsInside(element, names), place };
    default: {
      const value = element.first('value');
      return value ? valueIn(value, names) : undefined;
    }
  }
};

const read = new Set(['constants', 'formulas', 'textTemplates', 'choices', 'dynamicChoiceSets']);

/** The resources of a flow: variables, and what is read only. */
export const variablesOf = (flow: XmlElement, names: FlowNames): readonly Variable[] =>
  flow.children.flatMap((element): readonly Variable[] => {
    if (element.name !== 'variables' && !read.has(element.name)) return [];
    const name = element.first('name');
    if (!name || names.isAlias(name.text.trim())) return [];
    const type = types[element.textOf('dataType') ?? (element.name === 'textTemplates' ? 'String' : '')];
    const object = element.textOf('objectType');
    const value = defaultOf(element, names);
    return [
      {
        name: name.text.trim(),
        ...(type === undefined ? {} : { type }),
        ...(object ? { object } : {}),
        list: element.textOf('isCollection') === 'true',
        input: element.textOf('isInput') === 'true',
        output: element.textOf('isOutput') === 'true',
        // A flow cannot demand an input.
        required: false,
        ...(value === undefined ? {} : { default: value }),
        place: name.textPlace,
        ...(read.has(element.name) ? { constant: true } : {}),
      },
    ];
  });
