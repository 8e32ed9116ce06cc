/** Words for frames that can not be decoded. Pure. */

/** '3, 4 and 17', shortened for long lists; frames are counted from 0, as everywhere. */
function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 5).map(String)
  const rest = numbers.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}` : (shown[0] ?? '')
}

/** A sentence about at least one damaged frame. */
export function damageSentence(frames: Iterable<number>): string {
  const numbers = [...frames].sort((a, b) => a - b)
  const one = numbers.length === 1
  return `Frame${one ? '' : 's'} ${listed(numbers)} can not be decoded; the frame before is shown in ${one ? 'its' : 'their'} place.`
}
