import { readdir, readFile } from 'node:fs/promises';

/**
 * Processor time a process has used with all its threads, in milliseconds. From Linux's scheduler, because it counts in
 * nanoseconds where `/proc/<pid>/stat` counts in hundredths of a second.
 */
export async function processorMs(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${String(pid)}/task`);
  const times = await Promise.all(
    threads.map((thread) => nanoseconds(`/proc/${String(pid)}/task/${thread}/schedstat`)),
  );
  return times.reduce((sum, time) => sum + time, 0) / 1e6;
}

/** A thread may end between the look at the folder and at its file. */
async function nanoseconds(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '0');
  return Number(text.split(' ')[0]);
}

/** A process and its children: Postgres has one per connection. */
async function familyOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').catch(() => '');
  return [pid, ...children.split(' ').filter(Boolean).map(Number)];
}

/** Processor time that families of processes used while something ran, in milliseconds, by name. */
export async function processorMsDuring<Name extends string>(
  pids: Record<Name, number>,
  work: () => Promise<unknown>,
): Promise<Record<Name, number>> {
  const names = Object.keys(pids) as Name[];
  const before = new Map<number, number>();
  for (const name of names)
    for (const pid of await familyOf(pids[name])) before.set(pid, await processorMs(pid).catch(() => 0));
  await work();
  const used = {} as Record<Name, number>;
  for (const name of names) {
    used[name] = 0;
    // A child that came meanwhile counts whole; one that went is not known any more.
    for (const pid of await familyOf(pids[name]))
      used[name] += (await processorMs(pid).catch(() => 0)) - (before.get(pid) ?? 0);
  }
  return used;
}
