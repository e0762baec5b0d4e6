import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fakeTimeEnv, fakeTimeLibrary } from '../../chaos/world/fake-time.js';

/** The variables that set a process's clock an hour ahead; null where libfaketime can not be had. */
export async function shiftedByAnHour(scratch: string): Promise<Record<string, string> | null> {
  const library = await fakeTimeLibrary();
  if (library === null) return null;
  const file = join(scratch, 'an-hour-ahead');
  await writeFile(file, '+3600');
  return fakeTimeEnv(library, file);
}
