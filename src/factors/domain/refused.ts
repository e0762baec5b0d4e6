/** Why something can not be imported: a sentence for whoever brought it, without the secret. */
export interface Refused {
  kind: 'refused';
  detail: string;
}

export const refused = (detail: string): Refused => ({ kind: 'refused', detail });
