/** What became of a batch that was to be sealed anew. */
export interface Resealed {
  count: number;
  /** Rows that could not be opened; they stay as they are. */
  unreadable: { id: string; error: unknown }[];
}

/**
 * Seals each row anew. One that can not be opened must not keep the others under a key that is about to go.
 *
 * @param open what is needed to replace it; throws where the row can not be opened
 * @param replace false where the row was changed meanwhile: it stays as it is, and is met again if it needs it
 */
export async function reseal<Row extends { id: string }, Opened>(
  batch: readonly Row[],
  open: (row: Row) => Opened,
  replace: (row: Row, opened: Opened) => Promise<boolean>,
): Promise<Resealed> {
  const resealed: Resealed = { count: 0, unreadable: [] };
  for (const row of batch) {
    const tried = attempt(() => open(row));
    if ('error' in tried) resealed.unreadable.push({ id: row.id, error: tried.error });
    else if (await replace(row, tried.opened)) resealed.count += 1;
  }
  return resealed;
}

function attempt<Opened>(open: () => Opened): { opened: Opened } | { error: unknown } {
  try {
    return { opened: open() };
  } catch (error) {
    return { error };
  }
}
