/** Says what is wrong with a key of a record; left to itself zod says no more than that it is invalid. */
export const namedKeys = (complaint: string) => ({
  error: ({ code }: { code?: string }) => (code === 'invalid_key' ? complaint : undefined),
});
