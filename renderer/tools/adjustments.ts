/** What a region can do to the colors within it: as it begins, and what of it can be set. */
import type { Adjustment, ChromaColor } from '../../electron/contract/operations.ts'
import { sliderRanges } from './sliderRanges.ts'

export const adjustmentKinds = ['recolor', 'hue', 'saturation', 'warmth', 'neutralize'] as const

/** As each is when it is chosen. */
export function newAdjustment(kind: Adjustment['kind'], color: ChromaColor): Adjustment {
  const { strength, variation, hue, saturation, warmth, neutralize } = sliderRanges
  switch (kind) {
    case 'recolor':
      return { kind, color, strength: strength.rest, variation: variation.rest }
    case 'hue':
      return { kind, degrees: hue.rest }
    case 'saturation':
      return { kind, factor: saturation.rest }
    case 'warmth':
      return { kind, amount: warmth.rest }
    case 'neutralize':
      return { kind, amount: neutralize.rest }
  }
}

export interface AdjustmentSetting {
  readonly name: Exclude<Adjustment['kind'], 'recolor'> | 'strength' | 'variation'
  readonly value: number
  readonly changed: (value: number) => Adjustment
}

export function settingsOf(adjustment: Adjustment): AdjustmentSetting[] {
  switch (adjustment.kind) {
    case 'recolor':
      return (['strength', 'variation'] as const).map((name) => ({
        name,
        value: adjustment[name],
        changed: (value) => ({ ...adjustment, [name]: value }),
      }))
    case 'hue':
      return [{ name: 'hue', value: adjustment.degrees, changed: (degrees) => ({ ...adjustment, degrees }) }]
    case 'saturation':
      return [{ name: 'saturation', value: adjustment.factor, changed: (factor) => ({ ...adjustment, factor }) }]
    case 'warmth':
    case 'neutralize':
      return [{ name: adjustment.kind, value: adjustment.amount, changed: (amount) => ({ ...adjustment, amount }) }]
  }
}
