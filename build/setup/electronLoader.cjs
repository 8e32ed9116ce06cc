// @ts-check
/**
 * Stands in for Electron's own default application, which the try-out runtime lacks: starts the application whose
 * folder is the first argument that is no switch, as `electron <folder> ...` does.
 */
const { app } = require('electron')
const { readFileSync } = require('node:fs')
const { join, resolve } = require('node:path')

const given = process.argv.slice(1)
const place = given.findIndex((argument) => !argument.startsWith('-'))
if (place < 0) {
  console.error('Usage: electron <folder of an application> [arguments]')
  app.exit(1)
} else {
  const folder = resolve(given[place] ?? '.')
  const description = /** @type {{ name: string, productName?: string, version: string, main?: string }} */ (
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  )
  Object.assign(process, { defaultApp: true })
  app.setName(description.productName ?? description.name)
  // Known to the default application, though not part of Electron's documented interface.
  const inner = /** @type {{ setVersion(version: string): void, setAppPath(path: string): void }} */ (
    /** @type {unknown} */ (app)
  )
  inner.setVersion(description.version)
  inner.setAppPath(folder)
  app.setPath('userData', join(app.getPath('appData'), app.getName()))
  require(join(folder, description.main ?? 'index.js'))
}
