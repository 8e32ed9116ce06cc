import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { onlyOn } from '../../../test/material/onlyOn.ts'
import { workFolder } from '../../../test/material/workFolder.ts'
import type { JournalRecord } from './journalFormat.ts'
import { KeptEdits } from './keptEdits.ts'

const record: JournalRecord = { kind: 'undo', journal: 'j', seq: 1 } as unknown as JournalRecord

describe('edits that their disk does not take', () => {
  it(
    'are kept in the next folder where the first lies in one in which none can be made',
    onlyOn(['linux'], '/proc is asked'),
    async () => {
      const folder = join(workFolder(), 'a', 'kept')
      const kept = new KeptEdits(['/proc/nope/kept', folder])
      expect(await kept.keep('harbour.colornn', 'j', [record])).toBe(true)
      // Nobody else may read them.
      expect(statSync(folder).mode & 0o077).toBe(0)
    },
  )
})
