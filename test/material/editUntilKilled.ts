/**
 * A program with a project open that edits it until it is killed. Started by the tests of crashes:
 *   editUntilKilled.ts <untitled folder> <project file> <drag|steps|saves>
 * After every edit it prints the title it gave and the time.
 */
import { ProjectSession } from '../../electron/project/session/projectSession.ts'
import { english } from './english.ts'

const [untitledFolder, path, manner] = process.argv.slice(2)
if (!untitledFolder || !path)
  throw new Error('usage: editUntilKilled.ts <untitled folder> <project file> <drag|steps|saves>')

const session = new ProjectSession({
  untitledFolder,
  emit: ({ name, payload }) => {
    const trouble = name === 'projectChanged' ? payload.status.trouble : null
    if (trouble) process.stdout.write(`trouble ${trouble.code} ${english(trouble.message)}\n`)
  },
})
if (path === 'untitled') await session.new('edit 0')
else await session.open(path)
const drag = manner === 'drag' ? session.begin() : null
process.stdout.write(`open ${session.path}\n`)

let count = 0
setInterval(() => {
  count++
  session.apply({ type: 'rename-project', title: `edit ${count}` }, drag)
  process.stdout.write(`${count} ${Date.now()}\n`)
}, 20)

/** Saves again and again, so that the kill comes in the middle of one. */
if (manner === 'saves') for (;;) await session.save()
