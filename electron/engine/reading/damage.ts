/** Words for frames that can not be decoded. Pure. */
import { sentence, type Sentence, type SentenceValue } from '../../contract/sentence.ts'

const NAMED = 5

/** '3, 4 and 17', shortened for long lists; frames are counted from 0, as everywhere. */
function listed(numbers: readonly number[]): SentenceValue {
  const rest = numbers.length - NAMED
  if (rest > 0) return sentence`${numbers.slice(0, NAMED).join(', ')} and ${rest} more`
  const last = numbers.at(-1)!
  return numbers.length > 1 ? sentence`${numbers.slice(0, -1).join(', ')} and ${last}` : last
}

/** A sentence about at least one damaged frame. */
export function damageSentence(frames: Iterable<number>): Sentence {
  const numbers = [...frames].sort((a, b) => a - b)
  return numbers.length === 1
    ? sentence`Frame ${numbers[0]!} can not be decoded; the frame before is shown in its place.`
    : sentence`Frames ${listed(numbers)} can not be decoded; the frame before is shown in their place.`
}
