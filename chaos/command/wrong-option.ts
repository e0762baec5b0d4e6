const WRONG_USAGE = 2;

/** @returns what `read` makes of the command line. When it throws, its message is printed alone and the process ends with 2. */
export async function orExplain<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(WRONG_USAGE);
  }
}
