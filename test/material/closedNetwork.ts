/** A network of a program's own (Linux): it leads nowhere, and the kernel counts what is sent into it. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Loopback works and is not counted: that is how a test talks to the program. All else leaves by the one other
 * interface.
 */
const SETUP = `
set -e
ip link set lo up
ip link add way-out type veth peer name nowhere
for each in way-out nowhere; do
  echo 1 > /proc/sys/net/ipv6/conf/$each/disable_ipv6
  ip link set $each arp off up
done
ip address add 192.0.2.1/24 dev way-out
ip route add default dev way-out
`

const RUN = `${SETUP}
names=$1; shift
mount --bind "$names" /etc/resolv.conf
sent() { awk '/way-out:/ { sub(/.*:/, ""); print $10 }' /proc/net/dev; }
before=$(sent)
"$@"
echo "packets sent: $(($(sent) - before))"
`

const inside = (script: string, ...args: string[]): string[] => [
  '--user',
  '--map-root-user',
  '--net',
  '--mount',
  'sh',
  '-c',
  script,
  'sh',
  ...args,
]

/** Not everybody may make one, and iproute2 may be missing. */
export function networksCanBeMade(): boolean {
  return process.platform === 'linux' && spawnSync('unshare', inside(SETUP), { stdio: 'ignore' }).status === 0
}

/**
 * Runs a program in a network of its own, with a server of names that is asked and never answers.
 * @returns how many packets left the machine, and what the program printed. Rejects where it failed.
 */
export async function inClosedNetwork(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<{ sent: number; stdout: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'colornn-network-'))
  try {
    const names = join(folder, 'resolv.conf')
    await writeFile(names, 'nameserver 192.0.2.53\noptions timeout:1 attempts:1\n')
    const { stdout } = await promisify(execFile)('unshare', inside(RUN, names, program, ...args), {
      ...options,
      maxBuffer: 1 << 24,
    })
    return { sent: Number(/packets sent: (\d+)/.exec(stdout)?.[1]), stdout }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
