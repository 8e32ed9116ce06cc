/** What the export dialog holds of a comparison: whether the film itself is shown beside the colors, and how. */
import type { FilmComparison } from '../../electron/contract/comparison.ts'

/** 'moving' and 'resting' are wipes. */
export const comparisonChoices = ['none', 'moving', 'resting', 'side'] as const
export type ComparisonChoice = (typeof comparisonChoices)[number]

export class Comparing {
  choice = $state<ComparisonChoice>('none')
  /** Where a resting line stands, in percent of the width. */
  percent = $state(50)

  /** Null where colors stand alone. */
  get comparison(): FilmComparison | null {
    switch (this.choice) {
      case 'none':
        return null
      case 'side':
        return { kind: 'side' }
      case 'moving':
        return { kind: 'wipe', at: null }
      case 'resting':
        return { kind: 'wipe', at: this.percent / 100 }
    }
  }
}
