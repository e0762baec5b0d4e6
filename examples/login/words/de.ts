import { timeIn } from './time.js';
import type { Words } from './words.js';

const CHANNELS = { sms: 'SMS', voice: 'Anruf', email: 'E-Mail' };
const THE = { sms: 'Die SMS', voice: 'Der Anruf', email: 'Die E-Mail' };

export const GERMAN: Words = {
  locale: 'de',
  signIn: {
    title: 'Anmelden',
    lead: 'Zuerst Name und Passwort. Dann senden wir Ihnen einen Code.',
    name: 'Name',
    password: 'Passwort',
    submit: 'Weiter',
    wrong: 'Name oder Passwort ist falsch.',
  },
  demo: {
    title: 'Zum Ausprobieren',
    inbox: 'Nachrichten kommen im Posteingang der Sandbox an',
    password: 'Passwort',
    arrives: 'Die SMS kommt an.',
    smsFails: 'Die SMS kommt nicht an, und ein Anruf folgt von selbst.',
  },
  home: {
    title: 'Ihr Konto',
    signedInAs: (name) => `Sie sind als ${name} angemeldet.`,
    pay: 'Eine Zahlung machen',
    payments: 'Zahlungen',
    none: 'Noch keine.',
    signOut: 'Abmelden',
    nothingHere: 'Unter dieser Adresse gibt es nichts.',
    broken: 'Bei uns stimmt etwas nicht. Bitte versuchen Sie es später noch einmal.',
    toStart: 'Zur ersten Seite',
  },
  code: {
    loginTitle: 'Geben Sie Ihren Code ein',
    paymentTitle: 'Bestätigen Sie die Zahlung',
    stoppedTitle: 'Gerade kein Code',
    waitTitle: 'Einen Moment',
    wait: 'Eben haben wir Ihnen einen Code gesendet. Hier gilt er nicht: Dafür brauchen Sie einen eigenen.',
    label: 'Code',
    hint: 'Die Ziffern aus der Nachricht. Sagen Sie sie niemandem, auch uns nicht.',
    pattern: 'Sechs bis zehn Ziffern',
    submit: 'Weiter',
    attemptsLeft: (count) => (count === 1 ? 'Noch 1 Versuch.' : `Noch ${String(count)} Versuche.`),
    validFor: 'Noch {time} gültig.',
    notValid: 'Der Code ist abgelaufen.',
    nothingArrived: 'Nichts angekommen?',
    lookAgain: 'Nachsehen, was aus der Nachricht wurde',
    mayAskIn: 'In {time} können Sie einen weiteren Code anfordern.',
    mayAsk: 'Sie können jetzt einen weiteren Code anfordern.',
    again: 'Noch einmal senden',
    callAgain: 'Noch einmal anrufen',
    sms: 'Eine SMS senden',
    voice: 'Lieber anrufen',
    email: 'Eine E-Mail senden',
    newCode: 'Neuen Code senden',
    toPassword: 'Zurück zum Passwort',
    toPayment: 'Zurück zur Zahlung',
    offline:
      'Sie sind anscheinend offline. Nichts ist verloren: Senden Sie es noch einmal, sobald Sie wieder online sind.',
  },
  delivery: {
    underway: (channel, to) =>
      channel === 'voice' ? `Wir rufen ${to} an.` : `Ein Code ist per ${CHANNELS[channel]} unterwegs an ${to}.`,
    delivered: (channel, to) =>
      channel === 'voice'
        ? `Wir haben ${to} angerufen und einen Code angesagt.`
        : `Wir haben einen Code per ${CHANNELS[channel]} an ${to} gesendet.`,
    lost: (channel, to) => `${THE[channel]} an ${to} kam nicht an.`,
  },
  trouble: {
    wrongCode: (attempts) => `Das ist nicht der Code. ${attempts}`,
    notACode: 'Ein Code hat sechs bis zehn Ziffern und sonst nichts.',
    attemptsUsedUp:
      'Zu viele falsche Codes: Alle Versuche sind verbraucht. Warten Sie einige Minuten und beginnen Sie neu.',
    expired: 'Der Code ist abgelaufen. Nichts ist verloren: Wir können Ihnen einen neuen senden.',
    canceled: 'Das wurde abgebrochen, und die Codes gelten nicht mehr. Wir können Ihnen einen neuen senden.',
    usedBefore: 'Dieser Code wurde schon verwendet. Bitte beginnen Sie neu.',
    tooSoon: (time) => `Gerade wurde ein Code gesendet. In ${time} können Sie einen weiteren anfordern.`,
    tooOften: (time) => `Das war zu oft. Bitte versuchen Sie es in ${time} noch einmal.`,
    noMoreCodes:
      'Hierfür können keine weiteren Codes gesendet werden. Einer, der schon da ist, gilt noch; sonst beginnen Sie später neu.',
    recipientRefused:
      'Dorthin dürfen wir keinen Code senden. Wählen Sie einen anderen Weg, oder bitten Sie uns um Hilfe.',
    noChannel: 'Dafür haben wir keine Adresse von Ihnen. Wählen Sie einen anderen Weg, oder bitten Sie uns um Hilfe.',
    noAnswer:
      'Unser Code-Dienst hat nicht geantwortet. Nichts ist verloren: Bitte versuchen Sie es gleich noch einmal.',
    busy: 'Gerade melden sich sehr viele an. Nichts wurde gezählt: Bitte versuchen Sie es gleich noch einmal.',
    elsewhere: 'Aus Ihrem Netz geht das nicht. Versuchen Sie es aus einem anderen, oder bitten Sie uns um Hilfe.',
    otherTab: 'Sie haben in einem anderen Tab etwas anderes begonnen. Diese Seite zeigt jetzt das.',
    sendAgain: 'Das kam nicht an. Bitte senden Sie es noch einmal.',
    startAgain: 'Hier geht es nicht weiter. Bitte beginnen Sie neu.',
    ourFault: 'Bei uns stimmt etwas nicht. Bitte versuchen Sie es später noch einmal, oder bitten Sie uns um Hilfe.',
  },
  pay: {
    title: 'Eine Zahlung machen',
    payee: 'An',
    badPayee: 'Wer bekommt es? Bis zu 40 Buchstaben, Ziffern und Leerzeichen.',
    amount: 'Betrag in Euro',
    amountHint: 'Zum Beispiel 25 oder 25,50',
    badAmount: 'Ein Betrag ist eine Zahl von Euro, von 0,01 bis 9999,99.',
    submit: 'Weiter',
    summary: (amount, payee) => `${amount} an ${payee}`,
    confirmTitle: 'Jetzt zahlen?',
    approved: 'Ihr Code war richtig. Er gilt für diese Zahlung und für keine andere.',
    payNow: 'Jetzt zahlen',
    otherPayment: 'Bestätigt wurde eine andere Zahlung als diese. Es wurde nichts gezahlt.',
    approvalOver: 'Die Bestätigung wurde schon verwendet oder ist zu alt. Es wurde gerade nichts gezahlt.',
    toAccount: 'Zurück zum Konto',
  },
  time: timeIn('de'),
};
