/** An id as we make them, for the log and traces: whatever else stands in a path was chosen by the caller, and may be a code. */
export const OUR_ID = /^[a-z]{2,4}_[\w-]{16,32}$/;
