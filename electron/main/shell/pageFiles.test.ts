/** The page's files by their addresses: what is found at the start, under its own name, and nothing else. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { workFolder } from '../../../test/material/workFolder.ts'
import { PageFiles } from './pageFiles.ts'

function page(): { files: PageFiles; folder: string } {
  const outside = workFolder()
  const folder = join(outside, 'page')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(outside, 'main.js'), 'secret')
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets', 'page.js'), '1')
  writeFileSync(join(folder, 'assets', 'page.js.map'), '{}')
  symlinkSync(join(outside, 'main.js'), join(folder, 'link.js'))
  symlinkSync(outside, join(folder, 'away'))
  return { files: new PageFiles(folder), folder }
}

it('gives the files of the page with their types and the policy', () => {
  const { files } = page()
  const answer = files.answer('GET', 'colornn://studio/assets/page.js?anything#anywhere')
  expect([answer.status, String(answer.body), answer.headers['Content-Type']]).toEqual([
    200,
    '1',
    'text/javascript; charset=utf-8',
  ])
  expect(answer.headers['Content-Security-Policy']).toContain("default-src 'none'")
})

it('gives nothing by a way around, a link, another name, host or scheme', () => {
  const { files } = page()
  const ways = [
    '../main.js',
    '/../main.js',
    '%2e%2e/main.js',
    '..%2fmain.js',
    '%2e%2e%2fmain.js',
    '..\\main.js',
    'assets/../../main.js',
    'assets//page.js',
    'assets/./page.js',
    'assets/%70age.js',
    'ASSETS/page.js',
    'link.js',
    'away/main.js',
    'assets/page.js.map',
    'assets/page.js%00.html',
    'assets',
    '',
    'etc/passwd',
    '/etc/passwd',
  ]
  const urls = [...ways.map((way) => `colornn://studio/${way}`), 'colornn://other/index.html', 'file:///index.html', '']
  expect(urls.filter((url) => files.answer('GET', url).status !== 404)).toEqual([])
  expect(urls.every((url) => files.answer('GET', url).body.length === 0)).toBe(true)
})

it('answers reading alone', () => {
  const { files } = page()
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'get'])
    expect(files.answer(method, 'colornn://studio/index.html').status).toBe(405)
})

it('goes on giving what was there at the start', () => {
  const { files, folder } = page()
  writeFileSync(join(folder, 'assets', 'page.js'), '2')
  writeFileSync(join(folder, 'late.js'), '3')
  expect(String(files.answer('GET', 'colornn://studio/assets/page.js').body)).toBe('1')
  expect(files.answer('GET', 'colornn://studio/late.js').status).toBe(404)
})
