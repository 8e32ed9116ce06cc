/** Words that have no room, as they are found in what the window shows. */
import type { Page } from '@playwright/test'

/**
 * One line for each: words that end in the middle of a letter, or in dots without being told in full where they are
 * pointed at; what a field asks for, or a list has chosen, that is wider than it; and parts that can be scrolled
 * sideways.
 */
export const cutOff = (window: Page): Promise<string[]> =>
  window.evaluate(() => {
    const found: string[] = []
    const pen = document.createElement('canvas').getContext('2d')!
    const widthOf = (words: string, element: Element): number => {
      pen.font = getComputedStyle(element).font
      return pen.measureText(words).width
    }
    /** Arrow and inner edges of a list that folds down. */
    const ARROW = 24
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility() || element.closest('.unseen')) continue
      const { overflowX, textOverflow, display, paddingLeft, paddingRight } = getComputedStyle(element)
      const room = element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
      if (element instanceof HTMLSelectElement) {
        const words = element.selectedOptions[0]?.textContent?.trim() ?? ''
        if (!element.title && widthOf(words, element) > element.clientWidth - ARROW + 2)
          found.push(`“${words}” is wider than its list`)
        continue
      }
      if (element instanceof HTMLInputElement) {
        if (widthOf(element.placeholder, element) > room + 1)
          found.push(`“${element.placeholder}” is wider than its field`)
        continue
      }
      const isWider = display !== 'inline' && element.scrollWidth > element.clientWidth + 1
      if (!isWider) continue
      const words = element.textContent?.trim().slice(0, 60) ?? ''
      if (/auto|scroll/.test(overflowX)) {
        if (!element.matches('nav ol')) found.push(`“${words}” is scrolled sideways`)
        continue
      }
      if (![...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim()))
        continue
      if (overflowX === 'visible') found.push(`“${words}” reaches out of where it stands`)
      else if (textOverflow !== 'ellipsis' || !element.closest('[title]')) found.push(`“${words}” is cut off`)
    }
    return found
  })
