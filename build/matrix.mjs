// @ts-check
import { runCommand } from './bootstrap.mjs'

await runCommand('matrix')
