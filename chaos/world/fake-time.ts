import { existsSync } from 'node:fs';
import { installPackage } from '../../test/support/servers/debian-packages.js';

const PLACES = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(
  (machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`,
);

/**
 * Where libfaketime is, which lets one process believe in another time; null where it can not be had.
 *
 * Node reads its wall clock through the C library, so a preloaded libfaketime shifts `Date` and leaves the monotonic clock of
 * timers alone. It looks at its file once a second; looking at every call would cost 5 µs each.
 */
export async function fakeTimeLibrary(): Promise<string | null> {
  const found = PLACES.find((file) => existsSync(file));
  if (found !== undefined) return found;
  await installPackage('libfaketime', 'libfaketime is not installed').catch(() => undefined);
  return PLACES.find((file) => existsSync(file)) ?? null;
}

/** What makes a process take its wall clock from a file, which says `+3600` or `-600` or `+0`, in seconds. */
export const fakeTimeEnv = (library: string, file: string) => ({
  LD_PRELOAD: library,
  FAKETIME_TIMESTAMP_FILE: file,
  FAKETIME_CACHE_DURATION: '1',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
});
