/** The real ffmpeg, but what an export of pictures has written is altered right before it is read back. */
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { scriptedFfmpeg } from './scriptedFfmpeg.ts'

/** Lines of a shell that leave every run alone but that which reads back, of which $url is what it reads. */
const readingBack = (lines: string): string => `case "$*" in *framehash*' -')
  for a; do case $before in -i) url=\${a#file:};; -pix_fmt) pixels=$a;; esac; before=$a; done
  ${lines};;
esac`

/** One bit of the 501st byte is the other one. */
const flip =
  "const f = require('fs'), [p] = process.argv.slice(1), b = f.readFileSync(p); b[500] ^= 1; f.writeFileSync(p, b)"

export interface Alteration {
  /** Number of the picture. */
  readonly number: number
  readonly size: string
  /** How its encoder is asked. */
  readonly args: readonly string[]
}

/** One sample of one picture is another, in a file that is whole otherwise. */
export async function alteringFfmpeg(folder: string, { number, size, args }: Alteration): Promise<FfmpegTools> {
  const real = `'${(await locateFfmpeg()).path}' -v error -nostdin -y`
  return scriptedFfmpeg(
    folder,
    readingBack(`file=$(printf "$url" ${number})
  ${real} -i "$file" -f rawvideo -pix_fmt "$pixels" '${folder}/raw' </dev/null || exit 1
  '${process.execPath}' -e "${flip}" '${folder}/raw' || exit 1
  ${real} -f rawvideo -pix_fmt "$pixels" -s ${size} -i '${folder}/raw' ${args.join(' ')} -update 1 "$file" || exit 1`),
  )
}

/** Two pictures bear each other's names. */
export async function exchangingFfmpeg(folder: string, one: number, other: number): Promise<FfmpegTools> {
  return scriptedFfmpeg(
    folder,
    readingBack(`one=$(printf "$url" ${one}); other=$(printf "$url" ${other})
  mv "$one" '${folder}/one'; mv "$other" "$one"; mv '${folder}/one' "$other"`),
  )
}

/** It is ended while it reads back, as a system without memory does. */
export async function endedFfmpeg(folder: string): Promise<FfmpegTools> {
  return scriptedFfmpeg(folder, readingBack('kill -9 $$'))
}

/** Its disk does not give what it is to read back. */
export async function unreadFfmpeg(folder: string): Promise<FfmpegTools> {
  const says = '[error] [in#0] Error during demuxing: Input/output error'
  return scriptedFfmpeg(folder, readingBack(`echo "${says}" >&2; exit 1`))
}
