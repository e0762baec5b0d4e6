/**
 * Who asks for something, as limits see it: the API key the request came with, and the end user behind it as the application
 * describes them. What is absent is not counted.
 */
export interface Requester {
  /** Id of the API key; never its secret. */
  apiKey?: string | undefined;
  /** The end user's address, as the application told it. */
  ip?: string | undefined;
  /** The application's name for the end user's device. */
  device?: string | undefined;
  /** Further things of the application's own that rules count by, under the names it gives them. */
  limitKeys?: Record<string, string> | undefined;
}
