/** Why an export can not be ordered as the dialog stands, for beside its button: the field may be out of sight. */
import { BIT_RATE, MOST_HANDLES, QUALITY, SIDE } from '../../electron/contract/delivery.ts'
import type { EngineStatus } from '../../electron/contract/schemas.ts'
import type { Sentence } from '../../electron/contract/sentence.ts'
import type { DeliveryField } from '../state/delivering.svelte.ts'
import { text } from './catalog.ts'
import { formatNumber } from './numbers.ts'
import { inWords } from './sentences.ts'

export interface Asked {
  readonly part: string
  /** Of the chosen shots; null where what is typed names none. */
  readonly pieces: object | null
  readonly timecodeTrouble: Sentence | null
  readonly isNumberWrong: boolean
  readonly wrong: ReadonlySet<DeliveryField>
  /** The crop is as large as the picture. */
  readonly isCroppedAway: boolean
}

/**
 * Why the engine takes no export; null where it does. One that was given up is started by the order.
 * @param isBroken nothing that the artist does starts it again
 */
export function engineHindrance(engine: EngineStatus, isBroken: boolean): string | null {
  if (engine.state === 'starting' || engine.state === 'restarting') return text.engine[engine.state]
  return engine.state === 'failed' && isBroken ? text.about(text.engine.failed, inWords(engine.error.message)) : null
}

/** What each field takes, as it is also said below it. */
export const fieldInWords = {
  quality: () => text.delivery.badNumber(`${QUALITY.least}`, `${QUALITY.most}`),
  bitRate: () => text.delivery.badNumber(formatNumber(BIT_RATE.least, 1), formatNumber(BIT_RATE.most)),
  handles: () => text.delivery.badNumber('0', `${MOST_HANDLES}`),
  crop: () => text.delivery.badSize(0, SIDE.most),
  size: () => text.delivery.badSize(SIDE.least, SIDE.most),
} as const satisfies Readonly<Record<DeliveryField, () => string>>

/**
 * The first of them, from the top of the dialog; null where nothing hinders.
 * @param shots how many the film has
 */
export function hindranceInWords(asked: Asked, shots: number): string | null {
  if (asked.part === 'chosen' && asked.pieces === null)
    return text.about(text.export.chosen, text.export.badShots(shots))
  if (asked.timecodeTrouble) return inWords(asked.timecodeTrouble)
  if (asked.isNumberWrong) return text.about(text.export.firstNumber, text.export.badNumber)
  const { quality, qualities, handles, crop, size } = text.delivery
  const names = { quality, bitRate: qualities.bitRate, handles, crop, size }
  for (const field of ['quality', 'bitRate', 'handles', 'crop', 'size'] as const)
    if (asked.wrong.has(field)) return text.about(names[field], fieldInWords[field]())
  return asked.isCroppedAway ? text.about(crop, text.delivery.nothingLeft) : null
}
