import { defineCase } from '../../case.ts';
import { shiftedClock } from '../../clock.ts';

export default defineCase({
  title: "the CRM's host takes Japanese time for UTC: nine hours ahead, to the minute",
  exim: {},
  env: shiftedClock('+9h'),
  causes: ['clock.timezone-wrong'],
  severity: 'warning',
});
