// @ts-check
/**
 * Puts TensorFlow's library and addon beside the packed application. In a checkout both are links into the cache folder,
 * which archives cannot hold; links inside the folders stay links, since the library is half a gigabyte.
 */
const { cpSync, realpathSync } = require('node:fs')
const { join } = require('node:path')

/** @param {import('electron-builder').AfterPackContext} context */
exports.default = async function afterPack({ packager, appOutDir, electronPlatformName }) {
  const resources = electronPlatformName === 'darwin' ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources') : join(appOutDir, 'resources')
  const place = join('node_modules', '@tensorflow', 'tfjs-node-gpu')
  for (const name of ['deps', 'lib']) {
    cpSync(realpathSync(join(packager.projectDir, place, name)), join(resources, 'app.asar.unpacked', place, name), { recursive: true, verbatimSymlinks: true })
  }
}
