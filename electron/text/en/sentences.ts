/** What engine, project and main tell the artist, in English: only what goes by a number (see ../language.ts). */
import type { Sentences } from '../language.ts'

export const sentences: Sentences = {
  'This film has {0} frames; frame {1} is not among them.': {
    by: 0,
    one: 'This film has {0} frame; frame {1} is another.',
    other: 'This film has {0} frames; frame {1} is not among them.',
  },
  '“{0}” has {1} pictures now; this project knows {2}.': {
    by: 1,
    one: '“{0}” has {1} picture now; this project knows {2}.',
    other: '“{0}” has {1} pictures now; this project knows {2}.',
  },
  '{0} of {1} unsaved edits of “{2}” were left out: they rest on others that are missing.': {
    by: 0,
    one: '{0} of {1} unsaved edits of “{2}” was left out: it rests on another that is missing.',
    other: '{0} of {1} unsaved edits of “{2}” were left out: they rest on others that are missing.',
  },
  '{0} more changes': {
    by: 0,
    one: '{0} more change',
    other: '{0} more changes',
  },
  'at {0} more places': {
    by: 0,
    one: 'at {0} more place',
    other: 'at {0} more places',
  },
  'Read back: {0} pictures, each sample for sample as it was to be written.': {
    by: 0,
    one: 'Read back: {0} picture, sample for sample as it was to be written.',
    other: 'Read back: {0} pictures, each sample for sample as it was to be written.',
  },
  'Read back: {0} pictures, all whole.': {
    by: 0,
    one: 'Read back: {0} picture, whole.',
    other: 'Read back: {0} pictures, all whole.',
  },
  'Read back: {0} pictures at {1} frames/s, luma bit for bit as in the film and color as it was made; times, timecode, fields, shape, colors and sound as ordered.':
    {
      by: 0,
      one: 'Read back: {0} picture at {1} frames/s, luma bit for bit as in the film and color as it was made; times, timecode, fields, shape, colors and sound as ordered.',
      other:
        'Read back: {0} pictures at {1} frames/s, luma bit for bit as in the film and color as it was made; times, timecode, fields, shape, colors and sound as ordered.',
    },
  'Read back: {0} pictures at {1} frames/s; times, timecode, fields, shape, colors and sound as ordered.': {
    by: 0,
    one: 'Read back: {0} picture at {1} frames/s; times, timecode, fields, shape, colors and sound as ordered.',
    other: 'Read back: {0} pictures at {1} frames/s; times, timecode, fields, shape, colors and sound as ordered.',
  },
  'Read back: a comparison of {0} pictures of {1} × {2} pixels at {3} frames/s; times, timecode, fields, shape, colors and sound as ordered.':
    {
      by: 0,
      one: 'Read back: a comparison of {0} picture of {1} × {2} pixels at {3} frames/s; times, timecode, fields, shape, colors and sound as ordered.',
      other:
        'Read back: a comparison of {0} pictures of {1} × {2} pixels at {3} frames/s; times, timecode, fields, shape, colors and sound as ordered.',
    },
}
