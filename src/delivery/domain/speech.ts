/** What a call says, in order: words as they are, and digits, which are spoken one by one. Already in the message's language. */
export type Speech = readonly (string | { digits: string })[];
