/** Starts the window's page. */
import './zodWithoutEval.ts'
import { mount } from 'svelte'
import { defaultPreferences } from '../electron/contract/preferences.ts'
import App from './App.svelte'
import './styles.css'
import { tellOfErrors } from './pageErrors.ts'
import { ask } from './studio.ts'
import { language } from './text/catalog.ts'

tellOfErrors()
document.documentElement.lang = language.code
const place = document.getElementById('app')
if (!place) throw new Error('the page has no place for the application')
// The first key pressed is the artist's own already. Where main has no answer, the editor's next question tells it.
void ask('preferences')
  .catch(() => defaultPreferences)
  .then((preferences) => mount(App, { target: place, props: { preferences } }))
