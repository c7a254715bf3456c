/** The environment in which crm-doctor reads another time; `+9h`, `-40d` (faketime(1)). Timers run as ever. */
export const shiftedClock = (by: string): Readonly<Record<string, string>> => ({
  // ld.so puts the directory of this machine's libraries in for $LIB.
  LD_PRELOAD: '/usr/$LIB/faketime/libfaketime.so.1',
  FAKETIME: by,
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
});
