import { Access } from './access.js';

/** Callable without a key: operations, published keys, and callbacks that authenticate themselves. */
export const Public = () => Access('public');
