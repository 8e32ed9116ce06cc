/**
 * What Debian's package says of itself, and what it does when it is installed. Pure; archives.ts puts it together.
 * Debian Policy Manual 5 (control files) and 6 (maintainer scripts); freedesktop.org's Desktop Entry and Shared
 * MIME-info.
 */
import { ELECTRON_PACKAGES, RENAMED } from '../setup/systemPackages.ts'
import type { Edition } from './edition.ts'
import { FILM_TYPES, PROJECT_TYPE } from './fileTypes.ts'

/** The virtual screen is for checkouts without a screen; a program that is installed has one. */
const ONLY_FOR_CHECKOUTS = new Set<string>(['xvfb', 'xauth', 'fonts-dejavu-core'])

const depends = ELECTRON_PACKAGES.filter((name) => !ONLY_FOR_CHECKOUTS.has(name)).map((name) =>
  RENAMED[name] === undefined ? name : `${name} | ${RENAMED[name]}`,
)

/** Where the program lies once it is installed. */
export const installedFolder = ({ fileName }: Edition): string => `/opt/${fileName}`

/** In Debian's versions a tilde sorts before the end: one for testing is older than the one that it was made of. */
const debianVersion = ({ version }: Edition): string => version.replace('-', '~')

/** @param kibibytes of all installed files */
export function controlFile(edition: Edition, kibibytes: number): string {
  const lines = [
    `Package: ${edition.fileName}`,
    `Version: ${debianVersion(edition)}`,
    'Architecture: amd64',
    'Maintainer: The ColoRNN Studio authors <colornn-studio@localhost>',
    `Installed-Size: ${kibibytes}`,
    `Depends: ${depends.join(', ')}`,
    'Recommends: ffmpeg',
    'Section: video',
    'Priority: optional',
    'Description: Gives black-and-white film its colors',
    ' An editor that colors old film with neural networks on the artist’s own machine,',
    ' and a command line, colornn, that does so without a window.',
    ...edition.reasons.map((reason) => ` FOR TESTING ONLY. ${reason}`),
  ]
  return `${lines.join('\n')}\n`
}

export function desktopFile(edition: Edition): string {
  const types = [PROJECT_TYPE, ...FILM_TYPES].map(({ mimeType }) => `${mimeType};`).join('')
  return `[Desktop Entry]
Type=Application
Name=${edition.productName}
Comment=Gives black-and-white film its colors
Comment[de]=Gibt Schwarzweißfilm seine Farben
Comment[fr]=Donne ses couleurs au film en noir et blanc
Exec=${installedFolder(edition)}/${edition.fileName} %f
Icon=${edition.fileName}
StartupWMClass=${edition.productName}
Categories=AudioVideo;Video;AudioVideoEditing;
MimeType=${types}
`
}

/** The type of our own files, known by their ending. */
export function mimeFile(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${PROJECT_TYPE.mimeType}">
    <comment>${PROJECT_TYPE.name}</comment>
    <glob pattern="*.${PROJECT_TYPE.endings[0]}"/>
  </mime-type>
</mime-info>
`
}

/**
 * Chromium's sandbox works by user namespaces. Where the kernel denies those to programs, it needs a helper that
 * belongs to root, and newer Ubuntus want a profile that allows them to this program alone.
 */
export function afterInstallation(edition: Edition): string {
  const folder = installedFolder(edition)
  return `#!/bin/sh
set -e
chown root:root ${folder}/chrome-sandbox
chmod 4755 ${folder}/chrome-sandbox
if [ "$(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null)" = 1 ] && [ -d /etc/apparmor.d/abi ]; then
  cat > /etc/apparmor.d/${edition.fileName} <<'PROFILE'
abi <abi/4.0>,
include <tunables/global>
profile ${edition.fileName} "${folder}/${edition.fileName}" flags=(unconfined) {
  userns,
}
PROFILE
  apparmor_parser --replace --skip-cache /etc/apparmor.d/${edition.fileName} || true
fi
update-mime-database /usr/share/mime 2>/dev/null || true
update-desktop-database /usr/share/applications 2>/dev/null || true
`
}

export function afterRemoval(edition: Edition): string {
  return `#!/bin/sh
set -e
rm -f /etc/apparmor.d/${edition.fileName}
update-mime-database /usr/share/mime 2>/dev/null || true
update-desktop-database /usr/share/applications 2>/dev/null || true
`
}
