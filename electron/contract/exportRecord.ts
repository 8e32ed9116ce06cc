/**
 * The record that lies beside every exported film, as JSON: what the film was made of and by what, which of its frames
 * are synthetic in color, how sure the program was, and what was read back. This schema is its one definition: writers
 * go through it, and the table in docs/file-formats.md is made of its descriptions (a test compares them).
 */
import { z } from 'zod'
import { comparisonSchema } from './comparison.ts'
import { exportFormatIdSchema, frameRangeSchema, rationalSchema, sizesWishSchema } from './schemas.ts'
import { deliverySchema } from './delivery.ts'
import { accountedEditSchema, accountedLockSchema, accountedPinSchema, accountedShotSchema } from './exportAccount.ts'

export const RECORD_FORMAT = 'colornn-export'
export const RECORD_VERSION = 1

/** Behind the whole name of the exported file or folder, which keeps records of a film in two formats apart. */
export const RECORD_TAIL = '.colornn.json'

/** IPTC's word for pictures that are composed of captured ones and of what a trained algorithm has made. */
export const SYNTHETIC_SOURCE_TYPE =
  'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia'

const ranges = z.array(frameRangeSchema.strict())

export const exportRecordSchema = z.strictObject({
  format: z.literal(RECORD_FORMAT),
  version: z.literal(RECORD_VERSION).describe('of this schema'),
  statement: z.string().describe('in plain words: what of the pictures is the film’s, and what was made'),
  digitalSourceType: z
    .literal(SYNTHETIC_SOURCE_TYPE)
    .nullable()
    .describe('IPTC’s term; null where no frame is synthetic in color'),
  writtenAt: z.iso.datetime().describe('when the film was finished, UTC'),
  program: z.strictObject({ name: z.string(), version: z.string() }),
  networks: z
    .array(
      z.strictObject({ name: z.string(), version: z.string(), sha256: z.string().describe('of the weights’ file') }),
    )
    .describe('all that took part: the color model, and the consistency pass where there is one'),
  ffmpeg: z.string().describe('version that decoded and encoded'),
  source: z
    .strictObject({
      name: z.string().describe('of the file, or of the run of pictures, without its folder'),
      identity: z
        .strictObject({
          value: z.string().regex(/^[0-9a-f]{64}$/),
          of: z
            .literal('size and samples')
            .describe(
              'no checksum of the whole file but of its size and samples of it, see “A film is known by its bytes”',
            ),
        })
        .describe('what the program knows the film by'),
      pictures: z
        .number()
        .int()
        .positive()
        .nullable()
        .describe('how many files a run of pictures has; null of one file'),
      bytes: z.number().int().nonnegative(),
      frames: z.number().int().nonnegative(),
      rate: rationalSchema.strict().describe('frames per second'),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
    })
    .describe('the film that was colored'),
  file: z
    .strictObject({
      name: z.string().describe('of the exported file or folder'),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional()
        .describe('of the file; left out of folders of pictures'),
      settings: z
        .strictObject({
          format: exportFormatIdSchema.describe('as `--format` names it'),
          range: frameRangeSchema.strict().describe('frames of the source that it holds'),
          timecode: z.string().nullable().describe('as it was typed; null: what follows from the film’s own'),
          firstNumber: z
            .number()
            .int()
            .nonnegative()
            .nullable()
            .describe('of pictures that are files, as it was typed; null: what follows from the film’s own'),
          sizes: sizesWishSchema.describe('how a film is written whose pictures change their size'),
          comparison: comparisonSchema
            .optional()
            .describe('how the film’s own pictures are shown beside the colors; left out where colors stand alone'),
          pieces: ranges
            .optional()
            .describe('of the range: what the export has, one behind the other; left out where it has all of it'),
          delivery: deliverySchema
            .optional()
            .describe('what was asked for beyond the format; left out where that is nothing'),
        })
        .describe('what was asked for'),
    })
    .describe('the export itself'),
  synthetic: ranges.describe('frames whose color was made: by the networks, a pin or the artist’s edits'),
  gray: ranges.describe('frames that were worked on and show no color'),
  own: ranges.describe(
    'frames that have what the film itself has, its own colors or its gray: sample by sample, or brought to another matrix where the statement says so',
  ),
  shots: z
    .array(
      accountedShotSchema.extend({
        confidence: z
          .strictObject({
            mean: z.number().min(0).max(1),
            lowest: z.number().min(0).max(1),
            lowestAt: z.number().int().nonnegative().describe('the frame'),
          })
          .nullable()
          .describe('of the frames that networks have colored, 0..1; null where there are none'),
      }),
    )
    .describe('all that the export shows something of'),
  pins: z.array(accountedPinSchema).describe('frames of these shots that have a coloring of their own'),
  edits: z.array(accountedEditSchema).describe('frames in these shots that the artist has worked on or written to'),
  locks: z.array(accountedLockSchema).describe('frames, or regions of them, that no pass could change any more'),
  readBack: z
    .strictObject({
      asOrdered: z.boolean(),
      said: z.array(z.string()).describe('what was compared, or what differs; English'),
    })
    .describe('what reading the finished file has shown'),
  notes: z.array(z.string()).describe('what could not be carried over or kept; English'),
})
export type ExportRecord = z.infer<typeof exportRecordSchema>
