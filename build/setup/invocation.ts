/** How a person's words reach the program behind a command. */
import { root } from './root.ts'

/**
 * The folder that relative paths mean: npm runs every script in the checkout, and names in INIT_CWD the folder
 * where the person stood. Only there it counts: an outer npm leaves its own INIT_CWD to everything below it.
 */
export function workingFolder(env: NodeJS.ProcessEnv = process.env, current = process.cwd()): string {
  return env['npm_lifecycle_event'] && current === root && env['INIT_CWD'] ? env['INIT_CWD'] : current
}
