/** Steps before and after now's whose codes an application may let count, at most (R68). */
export const WIDEST_WINDOW = 2;
