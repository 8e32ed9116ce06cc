/** Steps of the program that wait for the artist to end a drag: they would become part of it. */
import type { ProjectSession } from '../../project/projectSession.ts'

export class AtRest {
  #waiting: (() => void)[] = []

  constructor(private readonly session: ProjectSession) {}

  /** Resolves when the step was made; it is dropped where no project is open by then. Rejects with what the step throws. */
  make(step: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const make = (): void => {
        try {
          if (this.session.isOpen) step()
          resolve()
        } catch (error) {
          reject(error)
        }
      }
      if (this.session.isOpen && this.session.isEditing) this.#waiting.push(make)
      else make()
    })
  }

  /** To be called when an edit was made, a drag has ended or the project was closed. */
  edited(): void {
    if (this.session.isOpen && this.session.isEditing) return
    const steps = this.#waiting
    this.#waiting = []
    for (const step of steps) step()
  }
}
