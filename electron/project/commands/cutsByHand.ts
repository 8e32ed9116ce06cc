/**
 * What the artist has done to cuts by hand, laid over what a search finds: a cut that was set stays, one that was taken
 * away stays away, one that was moved is both. Looks that were given before the shots were known go to the shots that
 * are found around them. Pure.
 */
import { neutralGrade } from '../../contract/operations.ts'
import type { Clip, Project, Shot } from '../../contract/projectDocument.ts'
import { noWords, sentence } from '../../contract/sentence.ts'
import type { UserErrorData } from '../../contract/userError.ts'
import { shotIndexAt } from '../document.ts'
import { changesNothing } from '../passes/filmEdits.ts'

type Cut = Pick<Clip, 'shots' | 'cuts' | 'cutsByHand'>

export const startsOf = ({ shots }: Pick<Clip, 'shots'>): number[] => shots.slice(1).map(({ from }) => from)

/** Projects of before did not say which cuts of an edited clip are by hand: so all may be. */
export const hasUnsaidCuts = ({ cuts, cutsByHand }: Cut): boolean => cuts === 'edited' && cutsByHand === undefined

/** First frames of all shots but the first: found ones but those taken away, and those by hand. Ascending. */
export function withOwnCuts(clip: Cut, found: readonly number[]): number[] {
  const { cuts, cutsByHand = {} } = clip
  const starts = startsOf(clip)
  // Before anything was found, whatever is there is by hand.
  const all = cuts === 'none' || hasUnsaidCuts(clip)
  const own = all ? starts : starts.filter((at) => cutsByHand[at] === true)
  const present = new Set(starts)
  const kept = found.filter((at) => cutsByHand[at] !== false || present.has(at))
  return own.length === 0 ? [...kept] : [...new Set([...kept, ...own])].sort((a, b) => a - b)
}

/** Takes down that the artist wants a shot to begin at 'at', or none. To be called before the shots are changed. */
export function sayCut(clip: Clip, at: number, isCut: boolean): void {
  if (hasUnsaidCuts(clip)) sayAll(clip, startsOf(clip))
  clip.cutsByHand ??= {}
  clip.cutsByHand[at] = isCut
}

/** What projects of before left unsaid. @param starts the cuts that are to count as the artist's own */
export function sayAll(clip: Clip, starts: readonly number[]): void {
  clip.cutsByHand = Object.fromEntries(starts.map((at) => [String(at), true]))
}

/** The shots with what was given to them before they were known. */
export function withEarlyLooks(shots: readonly Shot[], given: Clip['givenEarly'] = []): Shot[] {
  if (given.length === 0) return [...shots]
  const anyLook = given.some(({ look }) => look !== undefined)
  const anyKeeps = given.some(({ keepsOwn }) => keepsOwn !== undefined)
  const looked = shots.map((shot) => {
    const { keepsOwn, ...rest } = shot
    return { ...rest, ...(anyLook && { look: neutralGrade }), ...(keepsOwn && !anyKeeps && { keepsOwn }) }
  })
  for (const { frame, to = frame + 1, look, keepsOwn } of given) {
    for (let index = shotIndexAt(looked, frame); index < looked.length && looked[index]!.from < to; index++) {
      const { keepsOwn: before, ...rest } = looked[index]!
      const keeps = keepsOwn ?? before ?? false
      looked[index] = { ...rest, ...(look && { look }), ...(keeps && { keepsOwn: true as const }) }
    }
  }
  return looked
}

interface Given {
  readonly look?: Shot['look']
  readonly keepsOwn?: boolean
}

/**
 * Takes down what shots have that are still to be parted, and that was given for no frame (projects of before did not
 * say for which): what is given for one would else take it from all others.
 * @param of which of both
 */
export function sayEarly(clip: Clip, of: keyof Given): void {
  if (clip.givenEarly?.some((each) => each[of] !== undefined)) return
  const untold = clip.shots.flatMap(({ from, to, look, keepsOwn }): NonNullable<Clip['givenEarly']> => {
    if (of === 'look') return changesNothing(look) ? [] : [{ frame: from, to, look: { ...look } }]
    return keepsOwn ? [{ frame: from, to, keepsOwn }] : []
  })
  if (untold.length > 0) clip.givenEarly = [...(clip.givenEarly ?? []), ...untold]
}

/** The same where one is given by now for all that is a shot now. */
export function giveAllEarly(clip: Clip, { from, to }: Pick<Shot, 'from' | 'to'>, what: Given): void {
  clip.givenEarly = [...(clip.givenEarly ?? []), { frame: from, to, ...what }]
}

/** Takes down a look, or whether own colors are kept, for the shot that will be found around a frame. */
export function giveEarly(clip: Clip, frame: number, what: Given): void {
  const given = clip.givenEarly ?? []
  const last = given.at(-1)
  clip.givenEarly =
    last?.frame === frame && last.to === undefined
      ? [...given.slice(0, -1), { ...last, ...what }]
      : [...given, { frame, ...what }]
}

/** What is said of shots that were looked for anew. @param now the project with what was found */
export function cutsNotice(before: Clip, now: Project): Pick<UserErrorData, 'message' | 'advice'> {
  const clip = now.clips.find(({ id }) => id === before.id) ?? before
  const [was, is] = [new Set(startsOf(before)), new Set(startsOf(clip))]
  const come = [...is].filter((at) => !was.has(at)).length
  const gone = [...was].filter((at) => !is.has(at)).length
  if (come + gone === 0) {
    return { message: sentence`No other cuts were found. What you have done to cuts by hand stays.`, advice: noWords }
  }
  return {
    message: sentence`Cuts of “${clip.name}” were looked for again (new: ${come}, gone: ${gone}). What you have done to cuts by hand stays.`,
    advice: sentence`Undo brings back what was there before.`,
  }
}
