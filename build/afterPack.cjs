// @ts-check
/**
 * Puts TensorFlow's library beside the packed application. In a checkout it is a link into the cache folder, which
 * archives cannot hold; links inside that folder stay links, since the library is half a gigabyte. The system's loader
 * finds it from the addon, so the archive need not know of it.
 */
const { cpSync, realpathSync } = require('node:fs')
const { join } = require('node:path')

/** @param {import('electron-builder').AfterPackContext} context */
exports.default = async function afterPack({ packager, appOutDir, electronPlatformName }) {
  const onMac = electronPlatformName === 'darwin'
  const resources = onMac
    ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources')
    : join(appOutDir, 'resources')
  const place = join('node_modules', '@tensorflow', 'tfjs-node-gpu', 'deps')
  cpSync(realpathSync(join(packager.projectDir, place)), join(resources, 'app.asar.unpacked', place), {
    recursive: true,
    verbatimSymlinks: true,
  })
}
