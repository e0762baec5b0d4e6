/** The page that waits until a code may be asked for. */
import { runCountdowns } from './countdown.js';

runCountdowns();
