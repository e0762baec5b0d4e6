// I1: the approval does not ask whether the verification is still pending: every right guess in flight approves.
import { plantInSql } from '../plant.mjs';

await plantInSql(`SET status = 'approved'`, `status = 'pending' AND`, '');
