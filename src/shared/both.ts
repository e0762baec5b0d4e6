/** Something that is being taken, and how it is given back. */
export interface Taking<T> {
  take: Promise<T>;
  undo: () => Promise<unknown>;
}

/**
 * Waits for two things that are taken at the same time (one round trip instead of two).
 *
 * @throws what one of them threw, after the other has been given back: half of a pair must not stay taken.
 */
export async function both<A, B>(a: Taking<A>, b: Taking<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a.take, b.take]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  if (first.status === 'fulfilled') await a.undo().catch(() => undefined);
  if (second.status === 'fulfilled') await b.undo().catch(() => undefined);
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
}
