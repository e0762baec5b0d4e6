import { CODE } from './en-code.js';
import { FACTORS } from './en-factors.js';
import { dateIn, timeIn } from './time.js';

const CHANNELS = { sms: 'SMS', voice: 'call', email: 'e-mail' };
type Channel = keyof typeof CHANNELS;

export const ENGLISH = {
  locale: 'en',
  signIn: {
    title: 'Sign in',
    lead: 'Name and password first. Then a code.',
    name: 'Name',
    password: 'Password',
    submit: 'Continue',
    wrong: 'Name or password is wrong.',
  },
  demo: {
    title: 'To try it',
    inbox: 'Messages arrive in the inbox of the sandbox',
    password: 'password',
    arrives: 'The SMS arrives.',
    smsFails: 'The SMS fails, and a call follows by itself.',
  },
  home: {
    title: 'Your account',
    signedInAs: (name: string) => `You are signed in as ${name}.`,
    pay: 'Make a payment',
    factors: 'Authenticators and backup codes',
    payments: 'Payments',
    none: 'None yet.',
    signOut: 'Sign out',
    nothingHere: 'There is nothing at this address.',
    broken: 'Something is wrong on our side. Please try again later.',
    toStart: 'To the first page',
  },
  code: CODE,
  delivery: {
    underway: (channel: Channel, to: string) =>
      channel === 'voice' ? `We are calling ${to}.` : `A code is on its way to ${to} by ${CHANNELS[channel]}.`,
    delivered: (channel: Channel, to: string) =>
      channel === 'voice' ? `We called ${to} and said a code.` : `We sent a code to ${to} by ${CHANNELS[channel]}.`,
    lost: (channel: Channel, to: string) => `The ${CHANNELS[channel]} to ${to} did not get through.`,
  },
  trouble: {
    wrongCode: (attempts: string) => `This is not the code. ${attempts}`,
    usedCode: (attempts: string) => `This code was used before, and each works once. Take the next one. ${attempts}`,
    notACode: 'A code has six to ten digits and nothing else.',
    notABackupCode: 'A backup code has 13 letters and digits, and no 0, 1, 8 or 9.',
    factorLocked: (time: string) => `Too many wrong codes. This works again in ${time}; another way works now.`,
    attemptsUsedUp: 'Too many wrong codes: all attempts were used. Wait some minutes, then start again.',
    expired: 'The code has expired. Nothing is lost: go on with a new one.',
    canceled: 'This was canceled, and its codes are void. Go on with a new one.',
    usedBefore: 'This code was used already. Please start again.',
    tooSoon: (time: string) => `A code was sent a moment ago. You can ask for another in ${time}.`,
    tooOften: (time: string) => `That was too often. Please try again in ${time}.`,
    noMoreCodes: 'No more codes can be sent for this. One that you have got is still good; or start again later.',
    recipientRefused: 'We may not send a code there. Choose another way, or ask us for help.',
    noChannel: 'You have not set that up with us. Choose another way, or ask us for help.',
    tooManyFactors: 'You have as many authenticators as one may have. Remove one first.',
    enrolmentEnded: 'That took too long, or another one was begun meanwhile. Nothing was added: please begin again.',
    codesUnseen: 'Your authenticator was added, but its backup codes did not reach this page. Make new ones below.',
    noAnswer: 'Our code service did not answer. Nothing is lost: please try again in a moment.',
    busy: 'Very many people are signing in right now. Nothing was counted: please try again in a moment.',
    elsewhere: 'This is not possible from your network. Please try from another, or ask us for help.',
    otherTab: 'You have started something else in another tab. This page now shows that.',
    sendAgain: 'That did not go through. Please send it once more.',
    startAgain: 'This can not be continued. Please start again.',
    ourFault: 'Something is wrong on our side. Please try again later, or ask us for help.',
  },
  pay: {
    title: 'Make a payment',
    payee: 'To',
    badPayee: 'Who gets it? Up to 40 letters, digits and spaces.',
    amount: 'Amount in euros',
    amountHint: 'For example 25 or 25.50',
    badAmount: 'An amount is a number of euros, from 0.01 to 9999.99.',
    submit: 'Continue',
    summary: (amount: string, payee: string) => `${amount} to ${payee}`,
    confirmTitle: 'Pay now?',
    approved: 'Your code was right. It counts for this payment and for no other.',
    payNow: 'Pay now',
    otherPayment: 'Another payment than this one was approved. Nothing was paid.',
    approvalOver: 'The approval was used before, or it is too old. Nothing was paid just now.',
    toAccount: 'Back to your account',
  },
  factors: FACTORS,
  /** `3 minutes`, rounded up. */
  time: timeIn('en'),
  /** `November 23, 2026`. */
  date: dateIn('en'),
};
