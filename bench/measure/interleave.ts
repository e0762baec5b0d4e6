type Subjects = Record<string, () => Promise<unknown>>;

/** What each subject gave, round by round. */
export type Rounds<S extends Subjects> = { [Name in keyof S]: Awaited<ReturnType<S[Name]>>[] };

/**
 * Measures every subject once per round, in the same order: A B A B … A first round warms up and is thrown away.
 *
 * @param rounds how many count.
 */
export async function interleaved<S extends Subjects>(rounds: number, subjects: S): Promise<Rounds<S>> {
  const names = Object.keys(subjects);
  const measured: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const name of names) {
      const value = await subjects[name]?.();
      if (round > 0) measured[name]?.push(value);
    }
  return measured as Rounds<S>;
}
