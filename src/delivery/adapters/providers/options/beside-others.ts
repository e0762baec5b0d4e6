interface Read {
  value: unknown;
  issues: readonly { code?: string | undefined }[];
}

/**
 * For refinements that ask only which options there are: zod leaves them out after anything else that is wrong, and an operator would
 * hear of them at the next start.
 */
export const BESIDE_OTHERS = { when: ({ value }: Read): boolean => typeof value === 'object' && value !== null };

/** The same for refinements that need all values: beside options that there are not, which are no part of the value. */
export const BESIDE_UNKNOWN = {
  when: ({ issues }: Read): boolean => issues.every(({ code }) => code === 'unrecognized_keys'),
};
