/**
 * The shell around the page: what a script that got into it could do, which is nothing. Electron's own checklist, in
 * the running window.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { root as program } from '../../build/setup/root.ts'
import { ffmpeg } from '../material/films.ts'
import { outcomeOf } from './driveWindow.ts'
import { expect, test, type Studio } from './launch.ts'

let folder: string
test.beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'colornn-shell-'))))
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const PAGE = 'colornn://studio/index.html'

/** What the page's policy has stopped while 'work' was under way, by directive, each once. */
function stopped(window: Page, work: string): Promise<string[]> {
  return window.evaluate(async (code) => {
    const found = new Set<string>()
    const note = (event: SecurityPolicyViolationEvent): void => void found.add(event.effectiveDirective)
    document.addEventListener('securitypolicyviolation', note)
    const attempt = (globalThis as unknown as { attempts: Record<string, () => unknown> }).attempts[code]!
    // By a timer: what the debugger itself calls may make code of text.
    setTimeout(() => void (async () => attempt())().catch(() => undefined))
    await new Promise((resolve) => setTimeout(resolve, 300))
    document.removeEventListener('securitypolicyviolation', note)
    return [...found]
  }, work)
}

test('the page has an origin of its own, and its policy comes with it', async ({ launch }) => {
  const { window, pageErrors } = await launch()
  const answer = await window.reload()
  expect(window.url().split('?')[0]).toBe(PAGE)
  const policy = answer!.headers()['content-security-policy']!.split('; ')
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ]),
  )
  expect(policy.join(' ')).not.toContain('unsafe')
  expect(await window.evaluate(() => isSecureContext)).toBe(true)
  expect(pageErrors).toEqual([])
})

test('no script, style or markup from elsewhere runs in the page', async ({ launch }) => {
  const { window } = await launch()
  const foreign = join(folder, 'foreign.js')
  await writeFile(foreign, 'globalThis.foreignRan = true')
  await window.evaluate((script) => {
    const add = (tag: string, fields: object): void =>
      document.body.append(Object.assign(document.createElement(tag), fields))
    const elsewhere: string = 'https://scripts.example.org/a.js'
    const attempts: Record<string, () => unknown> = {
      'a file': () => add('script', { src: script }),
      'a host': () => add('script', { src: elsewhere }),
      'a module of a file': () => import(script),
      'a module of a host': () => import(elsewhere),
      inline: () => add('script', { text: 'globalThis.foreignRan = true' }),
      // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call -- it is what must not work
      'made of text': () => new Function('globalThis.foreignRan = true')(),
      markup: () => (document.body.innerHTML += '<img src=x onerror="globalThis.foreignRan = true">'),
      style: () => add('style', { textContent: 'body { display: none }' }),
      'a style of markup': () => document.body.setAttribute('style', 'display: none'),
      base: () => document.head.append(Object.assign(document.createElement('base'), { href: 'https://example.org/' })),
      frame: () => add('iframe', { src: 'https://frames.example.org/' }),
      object: () => add('object', { data: 'https://objects.example.org/' }),
      request: () => fetch('https://requests.example.org/'),
      'own request': () => fetch('index.html'),
      picture: () => add('img', { src: 'https://pictures.example.org/a.png' }),
      form: () => {
        const form = Object.assign(document.createElement('form'), {
          action: 'https://forms.example.org/',
          method: 'post',
        })
        document.body.append(form)
        form.submit()
      },
    }
    Object.assign(globalThis, { attempts })
  }, pathToFileURL(foreign).href)

  const unseen: string[] = []
  for (const attempt of await window.evaluate(() =>
    Object.keys((globalThis as unknown as { attempts: object }).attempts),
  ))
    if ((await stopped(window, attempt)).length === 0) unseen.push(attempt)
  // A module of a file is refused before the policy is asked.
  expect(unseen.filter((attempt) => attempt !== 'a module of a file')).toEqual([])
  expect(await window.evaluate(() => 'foreignRan' in globalThis)).toBe(false)
  expect(await window.evaluate(() => getComputedStyle(document.body).display)).not.toBe('none')
})

test('the page can ask nothing of the machine', async ({ launch }) => {
  const { window, app } = await launch()
  const denied = await window.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'clipboard-write', 'midi']
    names.push(
      'accelerometer',
      'gyroscope',
      'persistent-storage',
      'background-sync',
      'idle-detection',
      'screen-wake-lock',
    )
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => `${name} ${state}`),
      ),
    )
    return states.filter((state) => !state.endsWith(' denied'))
  })
  expect(denied).toEqual([])
  const refused = await window.evaluate(async () => {
    const devices = navigator as unknown as Record<string, Record<string, (of?: unknown) => Promise<unknown>>>
    const asks: Record<string, () => Promise<unknown>> = {
      camera: () => navigator.mediaDevices.getUserMedia({ video: true, audio: true }),
      screen: () => navigator.mediaDevices.getDisplayMedia(),
      place: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      clipboard: () => navigator.clipboard.readText(),
      midi: () => navigator.requestMIDIAccess(),
      serial: () => devices['serial']!['requestPort']!(),
      usb: () => devices['usb']!['requestDevice']!({ filters: [] }),
      hid: () =>
        devices['hid']!['requestDevice']!({ filters: [] }).then(
          (found) => (found as unknown[]).length || Promise.reject(new Error('none')),
        ),
    }
    const outcomes = Object.entries(asks).map(async ([name, ask]) =>
      (await ask().then(
        () => true,
        () => false,
      ))
        ? [name]
        : [],
    )
    return { granted: (await Promise.all(outcomes)).flat(), notices: await Notification.requestPermission() }
  })
  expect(refused).toEqual({ granted: [], notices: 'denied' })
  // Nor has a window been given more than a page of the web has, where Electron could give more.
  const rights = await app.evaluate(({ BrowserWindow }) =>
    (
      BrowserWindow.getAllWindows()[0]!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    ).getLastWebPreferences(),
  )
  expect(rights).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true })
  const more = [
    'nodeIntegrationInSubFrames',
    'nodeIntegrationInWorker',
    'allowRunningInsecureContent',
    'experimentalFeatures',
  ]
  for (const right of [...more, 'enableBlinkFeatures', 'webviewTag', 'plugins'])
    expect([right, Boolean(rights[right])]).toEqual([right, false])
  expect(
    await window.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
    ),
  ).toEqual([])
})

/** How many windows there are, and what was handed to the system or saved by the page. */
async function watchWaysOut({ app }: Studio): Promise<() => Promise<{ pages: number; handedOut: string[] }>> {
  await app.evaluate(({ shell }) => {
    const handedOut: string[] = []
    const note = (what: string): Promise<never> => {
      handedOut.push(what)
      return Promise.reject(new Error('noted'))
    }
    Object.assign(globalThis, { handedOut })
    shell.openExternal = note
    shell.openPath = note
  })
  return () =>
    app.evaluate(({ webContents }) => ({
      pages: webContents.getAllWebContents().length,
      handedOut: (globalThis as unknown as { handedOut: string[] }).handedOut,
    }))
}

test('the page goes nowhere, opens nothing and saves nothing', async ({ launch }) => {
  const studio = await launch()
  const { window, app } = studio
  const ways = await watchWaysOut(studio)
  await app.evaluate(({ session }, to) => session.defaultSession.setDownloadPath(to), folder)
  const before = await readdir(folder)
  const opened = await window.evaluate(async () => {
    const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250))
    const click = async (fields: object): Promise<void> => {
      const link = Object.assign(document.createElement('a'), fields)
      document.body.append(link)
      link.click()
      await soon()
      link.remove()
    }
    for (const href of [
      'https://example.org/',
      'file:///etc/hostname',
      'data:text/html,hello',
      'colornn://studio/other.html',
      'mailto:a@example.org',
    ]) {
      location.href = href
      await soon()
      await click({ href })
      await click({ href, target: '_blank' })
    }
    await click({ href: URL.createObjectURL(new Blob(['kept'])), download: 'kept.txt' })
    const windows = ['https://example.org/', 'about:blank', location.href].map((url) => open(url))
    await soon()
    return windows.filter((each) => each !== null).length
  })
  expect(opened).toBe(0)
  expect(window.url().split('?')[0]).toBe(PAGE)
  expect(await ways()).toEqual({ pages: 1, handedOut: [] })
  expect(await readdir(folder)).toEqual(before)
})

test('a page that may bring guests still gets none', async ({ launch }) => {
  const { app } = await launch()
  const kinds = await app.evaluate(async ({ BrowserWindow, webContents }) => {
    const host = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } })
    const asked = new Promise((resolve) => host.webContents.once('will-attach-webview', resolve))
    await host.loadURL('data:text/html,<webview src="data:text/html,guest" style="width:50px;height:50px"></webview>')
    await asked
    // One that is let in is made right behind that.
    await new Promise(setImmediate)
    const found = webContents.getAllWebContents().map((page) => page.getType())
    host.destroy()
    return found
  })
  expect(kinds.sort()).toEqual(['window', 'window'])
})

test('a request from a page that is not the editor’s is refused, also where it is the same page', async ({
  launch,
}) => {
  const { app, window } = await launch()
  await expect(window.getByRole('button', { name: 'Settings' })).toBeVisible()
  const ask = (url: string): Promise<unknown> =>
    app.evaluate(
      async ({ BrowserWindow }, { url, preload }) => {
        const other = new BrowserWindow({
          show: false,
          webPreferences: { preload, sandbox: !process.argv.includes('--no-sandbox') },
        })
        await other.loadURL(url)
        const answer: unknown = await other.webContents.executeJavaScript('window.studio.engineStatus()')
        other.destroy()
        return answer
      },
      { url, preload: join(program, 'out', 'preload.cjs') },
    )
  const refused = { ok: false, error: { code: 'internal' } }
  expect(await ask('data:text/html,foreign')).toMatchObject(refused)
  expect(await ask(PAGE)).toMatchObject(refused)
  expect(await outcomeOf(window, 'engineStatus')).toMatchObject({ ok: true })
  // Main takes the editor's own window elsewhere: its bridge is there, and is answered no more.
  const elsewhere = await app.evaluate(async ({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]!.webContents
    await page.loadURL('data:text/html,foreign')
    return page.executeJavaScript('window.studio.engineStatus()') as Promise<unknown>
  })
  expect(elsewhere).toMatchObject(refused)
})

test('the page’s own protocol gives its files and nothing else', async ({ launch }) => {
  const { app } = await launch()
  const codes = await app.evaluate(
    async ({ BrowserWindow }, urls) => {
      const other = new BrowserWindow({ show: false })
      const codes: number[] = []
      const load = async (url: string, options?: Electron.LoadURLOptions): Promise<void> => {
        const code = new Promise<number>((resolve) =>
          other.webContents.once('did-navigate', (_event, _url, answered) => resolve(answered)),
        )
        // An address without a page is an error of the loading as well.
        await other.loadURL(url, options).catch(() => undefined)
        codes.push(await code)
      }
      for (const url of urls) await load(url)
      await load(`${urls[0]}?posted`, { postData: [{ type: 'rawData', bytes: Buffer.from('a=b') }] })
      other.destroy()
      return codes
    },
    [
      PAGE,
      'colornn://studio/../main.cjs',
      'colornn://studio/%2e%2e%2fmain.cjs',
      'colornn://studio/',
      'colornn://elsewhere/index.html',
    ],
  )
  expect(codes).toEqual([200, 404, 404, 404, 404, 405])
})

test('a path that nobody has chosen is refused; a file that was dropped may be opened', async ({ launch }) => {
  const film = join(folder, 'dropped.mkv')
  await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=24:duration=0.25', '-c:v', 'ffv1', film])
  const { window } = await launch()
  const refused = { ok: false, error: { code: 'bad-argument' } }
  expect(await outcomeOf(window, 'openPath', { path: film, newProject: false })).toMatchObject(refused)
  expect(await outcomeOf(window, 'newProject')).toMatchObject({ ok: true })
  expect(await outcomeOf(window, 'saveProjectAs', join(folder, 'taken.colornn'))).toMatchObject(refused)
  expect(await outcomeOf(window, 'relinkClip', { clip: 'any', path: film })).toMatchObject(refused)

  // What the page makes up has no path, whatever it says.
  const forged = await window.evaluate(async (path) => {
    const { studio } = globalThis as unknown as { studio: { pathForFile(file: unknown): Promise<string> } }
    const made = [
      { path },
      Object.setPrototypeOf({ path, name: path }, File.prototype) as object,
      Object.defineProperty(new File(['x'], path), 'path', { value: path }),
      new File(['x'], path),
      path,
    ]
    return Promise.all(made.map((each) => studio.pathForFile(each).catch(() => '')))
  }, film)
  expect(forged).toEqual(['', '', '', '', ''])
  expect(await outcomeOf(window, 'openPath', { path: film, newProject: false })).toMatchObject(refused)

  await window.evaluate(() => document.body.append(Object.assign(document.createElement('input'), { type: 'file' })))
  await window.setInputFiles('input[type=file]', film)
  const dropped = await window.evaluate(() => {
    const { studio } = globalThis as unknown as { studio: { pathForFile(file: unknown): Promise<string> } }
    return studio.pathForFile(document.querySelector<HTMLInputElement>('input[type=file]')!.files![0])
  })
  expect(dropped).toBe(film)
  expect(await outcomeOf(window, 'openPath', { path: film, newProject: false })).toMatchObject({ ok: true })
})
