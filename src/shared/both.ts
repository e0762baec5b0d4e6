/** Something that is being taken, and how it is given back. */
export interface Taking<T> {
  take: Promise<T>;
  /** Harmless when nothing was taken. Absent where there is nothing to give back. */
  undo?: () => Promise<unknown>;
}

/**
 * Waits for two things that are taken at the same time (one round trip instead of two).
 *
 * @throws what one of them threw, after both have been given back: half of a pair must not stay taken, and the one that threw
 * may have been taken all the same, if only its answer was lost.
 */
export async function both<A, B>(a: Taking<A>, b: Taking<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a.take, b.take]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  await Promise.allSettled([a.undo?.(), b.undo?.()]);
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
}
