/** An action for an area in which a place is chosen: by a press, a drag or the arrow keys. */
interface Options {
  /** Pressed or dragged to, in shares of the area's sides from the left and the top; a drag may lead beyond 0..1. */
  readonly at: (x: number, y: number) => void
  /** An arrow key: to the right or the left, down or up. */
  readonly step: (x: number, y: number) => void
  /** The pointer is let go, or the key has done its step. */
  readonly end: () => void
}

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

export function pointAt(area: HTMLElement, { at, step, end }: Options): void {
  let isDown = false
  const point = ({ clientX, clientY }: PointerEvent): void => {
    const { left, top, width, height } = area.getBoundingClientRect()
    at((clientX - left) / width, (clientY - top) / height)
  }
  const release = (): void => {
    if (!isDown) return
    isDown = false
    end()
  }
  area.addEventListener('pointerdown', (event) => {
    isDown = true
    area.setPointerCapture(event.pointerId)
    point(event)
  })
  area.addEventListener('pointermove', (event) => {
    if (isDown) point(event)
  })
  area.addEventListener('pointerup', release)
  area.addEventListener('pointercancel', release)
  area.addEventListener('keydown', (event) => {
    const by = ARROWS[event.key]
    if (!by) return
    event.preventDefault()
    event.stopPropagation()
    step(...by)
    end()
  })
}
