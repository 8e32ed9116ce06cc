/** The package that a file of node_modules belongs to: its folder, from the checkout on. */
export function packageFolderOf(file: string): string {
  const at = file.lastIndexOf('node_modules/')
  const [scopeOrName = '', name = ''] = file.slice(at + 'node_modules/'.length).split('/')
  const folder = file.slice(0, at) + 'node_modules/' + scopeOrName
  return scopeOrName.startsWith('@') ? `${folder}/${name}` : folder
}

/** Of every package that one of the files belongs to, each once. @param files paths from the checkout on */
export function packageFoldersOf(files: readonly string[]): string[] {
  const ofPackages = files.filter((file) => file.includes('node_modules/'))
  return [...new Set(ofPackages.map(packageFolderOf))].sort()
}
