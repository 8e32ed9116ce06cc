/** What is wrong with a list in JSON, in words for whoever wrote it. */
import type { z } from 'zod'

type Issue = z.core.$ZodIssue

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotation marks',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
}

/** jobs, 0, options, keyframes, 2, frame: “frame” of keyframe 3 of job 1. */
function placeOf(path: Issue['path']): string {
  const steps = [...path]
  const last = steps.at(-1)
  const name = typeof last === 'string' ? `“${String(steps.pop())}”` : ''
  const around: string[] = []
  for (let n = 0; n < steps.length; n++) {
    const next = steps[n + 1]
    if (typeof next !== 'number') continue
    around.unshift(`${String(steps[n]).replace(/s$/, '')} ${next + 1}`)
  }
  return [name, ...around].filter((part) => part !== '').join(' of ') || 'the whole'
}

function faultOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      // What was there instead is told by the message alone.
      return issue.message.endsWith(' received undefined')
        ? 'is missing'
        : `has to be ${KINDS[issue.expected] ?? issue.expected}`
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? 'may not be empty'
        : `has to be ${issue.minimum} or more`
    case 'too_big':
      return issue.origin === 'array' ? `may hold ${issue.maximum} at most` : `has to be ${issue.maximum} or less`
    case 'invalid_value':
      return `has to be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'unrecognized_keys':
      return `says “${issue.keys.join('”, “')}”, which means nothing there`
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return 'can not be understood'
  }
}

/** One sentence without its end. */
export function listFault(error: z.ZodError): string {
  const [issue] = error.issues
  return issue ? `${placeOf(issue.path)} ${faultOf(issue)}` : 'It can not be understood'
}
