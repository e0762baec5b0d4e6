/** What LiveValues calls what is remembered of applications: their settings. */
export const APPLICATIONS = 'applications';

/** … and what is remembered of their keys: whose they are, and whether they may be used. */
export const API_KEYS = 'api-keys';
