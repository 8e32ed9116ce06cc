/** Starts the window's page. */
import './noCodeOfText.ts'
import { mount } from 'svelte'
import App from './App.svelte'
import './styles.css'
import { tellOfErrors } from './pageErrors.ts'
import { language } from './text/catalog.ts'

tellOfErrors()
document.documentElement.lang = language.code
const place = document.getElementById('app')
if (!place) throw new Error('the page has no place for the application')
mount(App, { target: place })
