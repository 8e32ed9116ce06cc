import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keptPrecision } from './keptPrecision.ts'

function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), 'precision-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'networks')
}

describe('the precision of a machine', () => {
  it('is chosen once for each processor and library, whatever a later trial would say', () => {
    const folder = folderOf()
    expect(keptPrecision(folder, 'a, 2.15', () => 'bf16')).toBe('bf16')
    expect(keptPrecision(folder, 'b, 2.15', () => 'fp32')).toBe('fp32')
    expect(keptPrecision(folder, 'a, 2.15', () => 'fp32')).toBe('bf16')
    expect(keptPrecision(folder, 'a, 2.16', () => 'fp32')).toBe('fp32')
    expect(keptPrecision(folder, 'b, 2.15', () => 'bf16')).toBe('fp32')
    expect(readdirSync(folder)).toEqual(['precision.json'])
  })

  it('is chosen anew where what was kept can not be read, and where nothing can be kept', () => {
    const folder = folderOf()
    keptPrecision(folder, 'a', () => 'bf16')
    writeFileSync(join(folder, 'precision.json'), '{"a": "fp')
    expect(keptPrecision(folder, 'a', () => 'fp32')).toBe('fp32')
    expect(keptPrecision(folder, 'a', () => 'bf16')).toBe('fp32')
    const blocked = folderOf()
    writeFileSync(blocked, 'a file in the place of the folder')
    expect(keptPrecision(blocked, 'a', () => 'bf16')).toBe('bf16')
    expect(keptPrecision(blocked, 'a', () => 'fp32')).toBe('fp32')
  })
})
