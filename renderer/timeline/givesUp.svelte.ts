import type { Editor } from '../state/editor.svelte.ts'

/**
 * For a component in which something is dragged: undo gives that up, and so does Escape, which nothing else hears then.
 * To be called while the component is set up.
 */
export function givesUp(editor: Pick<Editor, 'dragged'>, isDragging: () => boolean, giveUp: () => void): void {
  const dragging = $derived(isDragging())
  $effect(() => {
    if (!dragging) return
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      giveUp()
    }
    editor.dragged = { giveUp }
    window.addEventListener('keydown', escape, { capture: true })
    return () => {
      editor.dragged = null
      window.removeEventListener('keydown', escape, { capture: true })
    }
  })
}
