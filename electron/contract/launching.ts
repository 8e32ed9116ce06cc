/** The switch by which a launcher asks the installed program for its command line, with what was typed behind `--`. */
export const COMMAND_LINE = '--command-line'
