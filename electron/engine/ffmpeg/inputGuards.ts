/**
 * What ffmpeg is told before it opens a file that a stranger may have made: plain files alone, no others that it names;
 * films and pictures alone, so that no playlist, script, device or text is opened as one; no more pixels than can be
 * worked with.
 */

/** Pixels of a picture: 16,384 by 8,192, more than any scan of film. A few bytes can say a thousand times as many. */
export const MOST_PIXELS = 2 ** 27

/**
 * Demuxers by any of their names. Those that are missing refer to other files or hosts (hls, dash, concat, imf, sdp,
 * rtsp, webm_dash_manifest, vobsub), run scripts (avisynth, vapoursynth), are devices or drawn by ffmpeg (lavfi,
 * x11grab, video4linux2), show text (tty, xbin), or believe an ending alone (image2 takes a drawing in SVG for a
 * picture). Names that a version does not know do no harm.
 */
const DEMUXERS = [
  // Containers of films.
  'mov matroska avi mxf mxg mpeg mpegts mpegtsraw flv live_flv kux asf asf_o wtv dv gxf lxf nut nsv nuv ogg rm ty',
  'pva r3d ivr ivf viv vividas vivo swf film_cpk filmstrip cine ser dhav mtv mlv moflex xmv dxa amv anm avs bfi',
  'bink c93 cdxl flic gdv ifv ipmovie jv lmlm4 luodat mgsts mm mv mvi mods nuv paf pmp psxstr rl2 roq rpl sga siff',
  'smjpeg smk smush thp tmv tiertexseq vc1test vmd vqf wc3movie wsvqa yop 4xm 3dostr argo_brp bethsoftvid bmv cdg',
  'dfa ea hnm idcin iss iv8 msnwctcp pdv sdr2 sdx usm xwma adp avr',
  // Streams of pictures without a container.
  'h261 h263 h264 hevc vvc mpegvideo m4v mjpeg mjpeg_2000 mpjpeg av1 obu evc avs2 avs3 cavsvideo dirac dnxhd vc1',
  'ipu apv ingenient yuv4mpegpipe bitpacked v210 v210x hxvs',
  // Single pictures, and those that move.
  'gif apng webp_anim jpegxl_anim fits ico alias_pix brender_pix bmp_pipe cri_pipe dds_pipe dpx_pipe exr_pipe',
  'gem_pipe gif_pipe hdr_pipe j2k_pipe jpeg_pipe jpegls_pipe jpegxl_pipe jpegxs_pipe pam_pipe pbm_pipe pcx_pipe',
  'pfm_pipe pgm_pipe pgmyuv_pipe pgx_pipe phm_pipe photocd_pipe pictor_pipe png_pipe ppm_pipe psd_pipe qdraw_pipe',
  'qoi_pipe sgi_pipe sunrast_pipe tiff_pipe vbn_pipe webp_pipe xbm_pipe xpm_pipe xwd_pipe',
  // Sound: a file that holds nothing else is to be called that.
  'aac ac3 eac3 ac4 aiff amr ape au caf dts dtshd flac loas mp3 mpc mpc8 oma tak truehd mlp tta voc w64 wav wv',
  // Titles: AVI holds such files within, and one by itself is to be called text.
  'srt ass',
]
  .join(' ')
  .replaceAll(' ', ',')

const guards = (demuxers: string): readonly string[] => [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  demuxers,
  '-max_pixels',
  String(MOST_PIXELS),
]

/** In front of the '-i' of a file whose kind ffmpeg finds out. */
export const filmGuards = guards(DEMUXERS)

/** In front of the '-i' of pictures, whose kind their ending says. The caller adds how they are numbered. */
export const pictureGuards = [...guards('image2'), '-f', 'image2'] as const
