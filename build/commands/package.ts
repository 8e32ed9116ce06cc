/** `npm run package`: makes the installers of this system. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { bundle } from '../bundle.ts'
import { runInForeground } from '../setup/execute.ts'
import { prepareEditor } from '../setup/prepare.ts'
import { SetupProblem } from '../setup/report.ts'
import { modulesFolder, root } from '../setup/root.ts'
import { withAddonInPlace } from '../setup/tensorflow.ts'

export async function main(args: string[]): Promise<number> {
  const electron = await prepareEditor()
  if (electron.kind === 'tryout') {
    throw new SetupProblem(
      'Installers are only made with the official Electron. What runs here is an older one, which is meant for trying the editor out on a closed network and gets no security updates. Run this on a machine that reaches github.com, or name a folder with the official binary:',
      'ELECTRON_OVERRIDE_DIST_PATH=/path/to/electron/dist npm run package',
    )
  }
  const ffmpeg = createRequire(join(root, 'package.json'))('ffmpeg-static') as string | null
  if (ffmpeg === null || !existsSync(ffmpeg)) {
    throw new SetupProblem(
      'Installers carry the ffmpeg of the ffmpeg-static package, which could not be downloaded here. Run this on a machine that reaches github.com:',
      'npm run package',
    )
  }
  await bundle({ page: true })
  const builder = join(modulesFolder, 'electron-builder', 'cli.js')
  const line = [
    builder,
    '--config',
    join(root, 'build', 'electron-builder.yml'),
    `--config.electronDist=${electron.folder}`,
    ...args,
  ]
  return withAddonInPlace(() => runInForeground(process.execPath, line, { cwd: root }))
}
