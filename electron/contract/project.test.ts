import { expect, it } from 'vitest'
import { projectCommandSchema } from './projectCommands.ts'
import { projectRequestNames } from './projectRequestNames.ts'
import { projectRequests } from './project.ts'
import { stepKinds } from './stepLabels.ts'

it('the preload offers every request of the project, and no other', () => {
  expect([...projectRequestNames].sort()).toEqual(Object.keys(projectRequests).sort())
})

it('every command names a kind of step', () => {
  expect(stepKinds).toHaveLength(projectCommandSchema.options.length)
  expect(new Set(stepKinds).size).toBe(stepKinds.length)
})
