/** Why a small file beside a finished export could not be written, for whoever looks for it there. */
import { dirname, resolve } from 'node:path'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { errorCode } from '../../../system/errorCode.ts'

/** @param path of the export @param error the system's, or what the program itself threw */
export function whyNotWritten(path: string, error: unknown): Sentence {
  const folder = dirname(resolve(path))
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return sentence`The disk that holds “${folder}” is full.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return sentence`You may not write in the folder “${folder}”.`
    case 'ENOENT':
    case 'ENOTDIR':
      return sentence`The folder “${folder}” is not there.`
    case '':
      return sentence`Something went wrong inside ColoRNN Studio.`
    default:
      return sentence`Nothing could be written in the folder “${folder}”.`
  }
}
