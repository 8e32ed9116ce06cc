/** A command line that makes no sense; the message says what is wrong with it, in one sentence. */
export class WrongUse extends Error {}
