import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { runInForeground } from './execute.ts'
import { workingFolder } from './invocation.ts'
import { root } from './root.ts'

it('means the folder the person stood in when npm ran the script', () => {
  expect(workingFolder({ npm_lifecycle_event: 'colorize', INIT_CWD: '/films' }, root)).toBe('/films')
})

it('means the current folder when an outer npm only left its settings behind', () => {
  expect(workingFolder({ npm_lifecycle_event: 'build', INIT_CWD: '/films' }, '/somewhere')).toBe('/somewhere')
  expect(workingFolder({ INIT_CWD: '/films' }, root)).toBe(root)
})

it('hands exit codes and odd file names on unchanged', async () => {
  const name = `it's a "film" $HOME; ü 🎞 %20 \\.mp4`
  const check = `process.exit(process.argv[1] === ${JSON.stringify(name)} ? 42 : 1)`
  expect(await runInForeground(process.execPath, ['-e', check, '--', name])).toBe(42)
})

it('ends a command that cannot go on with its sentence, its line to run, exit code 1 and no stack trace', () => {
  const run = spawnSync(process.execPath, ['build/test.mjs', '--only', 'nothing'], { cwd: root, encoding: 'utf8' })
  expect(run.status).toBe(1)
  expect(run.stderr).toContain('There is no suite named "nothing".\n\n    npm test -- --only ')
  expect(run.stderr).not.toMatch(/\n\s+at /)
})
