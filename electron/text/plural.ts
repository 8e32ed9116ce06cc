/**
 * Words that go with a number. Which form a number takes is the language's own rule (in French 0 is singular, in Polish
 * 2 and 5 differ); Intl.PluralRules knows it, from Unicode's CLDR.
 */

/** By the categories of CLDR. A language gives those that it tells apart; 'other' stands for all that it does not. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

/** @param code of the language, as in 'fr' */
export function pluralsOf(code: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(code)
  return (count, forms) => forms[rules.select(count)] ?? forms.other
}
