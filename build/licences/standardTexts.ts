/** Texts of licences for packages that name theirs and bring no text of it. */

/** The MIT License, as the Open Source Initiative publishes it. */
export const mit = (holder: string): string => `The MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`

/**
 * What the GNU General Public License 3 asks of whoever passes on a program of it (section 6): where its source is, and
 * an offer of it in writing. It goes before the licence's own text.
 */
export const ffmpegOffer = (
  version: string,
): string => `ffmpeg ${version} reads and writes the films. It is a program of its own, which ColoRNN Studio starts; it is free software under the GNU General Public License, version 3 or later, whose text stands below.

Its source, with that of every library built into it and the scripts that build it, is named in the readme beside its binary (node_modules/ffmpeg-static in the program's resources). ffmpeg itself: https://ffmpeg.org/releases/, the release ${version}; the binaries and where each is built: https://github.com/eugeneware/ffmpeg-static.

WRITTEN OFFER. For at least three years from the day on which you received this program, and for as long as we offer spare parts or support for it, we give anyone who asks the complete corresponding source code of the ffmpeg that came with it, on a medium customarily used for software interchange, for no more than what that costs us. Ask at the place from which you received the program, or the maintainers named in its SECURITY.md.

`
