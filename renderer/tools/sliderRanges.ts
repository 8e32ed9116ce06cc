/**
 * What sliders of tools and objects go through, and where they rest; shown is the value times 'scale'. Radius and
 * feather are in heights of the picture.
 */
export const sliderRanges = {
  radius: { min: 0.003, max: 0.25, rest: 0.02, scale: 1000 },
  feather: { min: 0, max: 0.1, rest: 0.012, scale: 1000 },
  tolerance: { min: 0, max: 1, rest: 0.15 },
  strength: { min: 0, max: 1, rest: 1 },
  variation: { min: 0, max: 2, rest: 0.6 },
  hue: { min: -180, max: 180, rest: 0, scale: 1 },
  // A project may hold up to 4 (contract/operations.ts): the slider ends before, and the number beside it says 400.
  saturation: { min: 0, max: 3, rest: 1 },
  warmth: { min: -1, max: 1, rest: 0 },
  neutralize: { min: 0, max: 1, rest: 1 },
} as const
