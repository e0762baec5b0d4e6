/** What messages say in one language where an application says nothing of its own. People are addressed as by their bank. */
export interface Words {
  /**
   * One segment, whatever is put in. Languages of Latin letters keep to the 7-bit alphabet, which has `é` and `ñ` but neither `ó`
   * nor `ş`: those are spelled without their marks, as is usual there.
   */
  sms: string;
  /** The subject never has the code: mail servers log subjects. */
  email: { subject: string; text: string };
  spoken: SpokenWords;
}

/** The sentences of a call. `{code}` is spoken digit by digit, twice, because nobody has a pen at once (R37). */
export interface SpokenWords {
  /** Before the code of a payment: nobody confirms what he was not told (RTS on strong customer authentication, Article 5). */
  payment: string;
  code: string;
  /** Before anything is told: whoever answers shows that it is a person. */
  askForKey: string;
  /** After the key, when the person has been let in already or does not want to be any more. */
  notNeeded: string;
  /** After the key, when the code would come too late. */
  tooLate: string;
}
