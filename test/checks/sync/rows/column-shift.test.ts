import { expect, test } from '@jest/globals';
import { columnShift } from '../../../../checks/sync/column-shift.cause.ts';

test('of a row of very many columns each value is read a few times, however many columns are asked about', () => {
  const columns = 400;
  const order = Array.from({ length: columns }, (_, at) => at);
  const written = order.map((at) => (at === 3 ? 'a,b' : `v${at}`));
  let reads = 0;
  const counting = (values: readonly string[]): readonly string[] =>
    new Proxy(values, {
      get: (target, name, receiver) => {
        reads += 1;
        return Reflect.get(target, name, receiver);
      },
    });
  const pair = { left: counting(written), right: counting(written.join(',').split(',').slice(0, columns)) };
  const params = { side: 'right', sign: ',', order } as const;
  const explained = columnShift.hypotheses.flatMap((hypothesis) =>
    hypothesis.kind === 'pairs' ? order.filter((at) => hypothesis.explains(pair, at, params, [])) : [],
  );
  expect(explained).toEqual(order.slice(3));
  expect(reads).toBeLessThan(10 * columns);
});

test('what stands beside a value that was edited since has moved as well', () => {
  const order = Array.from({ length: 9 }, (_, at) => at);
  const left = order.map((at) => (at === 4 ? 'edited' : `v${at}`));
  const right = order.map((at) => (at < 2 ? `v${at}` : at === 2 ? '' : `v${at - 1}`));
  const params = { side: 'right', by: 1, order } as const;
  const explained = columnShift.hypotheses.flatMap((hypothesis) =>
    hypothesis.kind === 'pairs' && hypothesis.evenFew
      ? [order.filter((at) => hypothesis.explains({ left, right }, at, params, []))]
      : [],
  );
  expect(explained).toContainEqual(order.slice(2));
});
