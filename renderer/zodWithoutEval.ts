/**
 * The page may make no code of text (its policy says so), and what checks its messages is not to try: it does so when a
 * schema is made, so this comes before all that make one.
 */
import { z } from 'zod'

z.config({ jitless: true })
