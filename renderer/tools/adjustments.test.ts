import { describe, expect, it } from 'vitest'
import { operationSchema, type Adjustment, type RegionOperation } from '../../electron/contract/operations.ts'
import { adjustmentKinds, newAdjustment, settingsOf } from './adjustments.ts'
import { sliderRanges } from './sliderRanges.ts'

const regionWith = (adjustment: Adjustment): RegionOperation => ({
  ...{ id: 'a', enabled: true, type: 'region', inverted: false, feather: 0, adjustment },
  shape: { kind: 'edge-select', seeds: [[0.5, 0.5]], tolerance: 0.1 },
})

describe.each(adjustmentKinds)('the adjustment %s', (kind) => {
  it('begins with every slider at rest', () => {
    const settings = settingsOf(newAdjustment(kind, { u: 0.1, v: 0 }))
    expect(settings.length).toBeGreaterThan(0)
    for (const { name, value } of settings) expect(value).toBe(sliderRanges[name].rest)
  })

  it('is one that a project takes, from either end of each slider, and has what was set', () => {
    const before = newAdjustment(kind, { u: 0.1, v: 0 })
    for (const { name, changed } of settingsOf(before))
      for (const end of ['min', 'max'] as const) {
        const wished = sliderRanges[name][end]
        const adjustment = changed(wished)
        expect(operationSchema.parse(regionWith(adjustment))).toEqual(regionWith(adjustment))
        expect(settingsOf(adjustment).map((each) => each.value)).toEqual(
          settingsOf(before).map((each) => (each.name === name ? wished : each.value)),
        )
      }
  })
})
