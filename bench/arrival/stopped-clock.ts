import { readdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { program } from '../../test/support/servers/programs.js';

/**
 * The time of day of every process that is started with `env`: it stands still until it is set, to the second. Work then takes
 * no time at all, so that a run depends on nothing but its seed. Timers inside the processes go on by real time.
 */
export class StoppedClock {
  private constructor(
    private readonly file: string,
    private readonly library: string,
    /** When the run begins, in milliseconds since 1970. */
    private readonly epochMs: number,
  ) {}

  /** @param folder readable for whoever runs the servers. */
  static async stop(folder: string): Promise<StoppedClock> {
    await program({ names: ['faketime'], package: 'faketime' });
    const clock = new StoppedClock(join(folder, 'clock'), libraryFile(), Math.ceil(Date.now() / 1_000) * 1_000);
    await clock.set(0);
    return clock;
  }

  /** Variables of libfaketime(1): read the file at each look, leave the clock alone that timers go by. */
  get env(): Record<string, string> {
    return {
      // The C library's own allocator: libfaketime can not begin under Redis's, which asks for the time while it begins itself.
      LD_PRELOAD: `${this.library} libc.so.6`,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      TZ: 'UTC',
    };
  }

  /** @param second since the run began. A reader sees the old time or the new one, never half a file. */
  async set(second: number): Promise<void> {
    const time = new Date(this.epochMs + second * 1_000).toISOString();
    await writeFile(`${this.file}.next`, time.slice(0, 19).replace('T', ' '), { mode: 0o644 });
    await rename(`${this.file}.next`, this.file);
  }

  /** @param time of one of the processes. @returns the second of the run, the next whole one. */
  secondOf(time: Date): number {
    return Math.ceil((time.getTime() - this.epochMs) / 1_000);
  }
}

/** Debian keeps it in the folder of the processor's architecture. */
function libraryFile(): string {
  const file = readdirSync('/usr/lib', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.endsWith('-linux-gnu'))
    .map(({ name }) => `/usr/lib/${name}/faketime/libfaketime.so.1`)[0];
  if (file === undefined) throw new Error('libfaketime is not where Debian puts it');
  return file;
}
