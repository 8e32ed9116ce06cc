/**
 * The compositor's shaders: color of one screen pixel from luma, the coloring model and the film's own tint. The same
 * arithmetic as the export's (electron/contract/frames.ts, ColoringModel).
 */
import { GAMUT_KNEE } from '../../electron/contract/frames.ts'

/**
 * What a shader reads besides luma. Each combination is a program of its own: a shader that is run by the processor,
 * where there is no graphics card, pays for every texture and branch in it, needed or not.
 */
export interface ShaderParts {
  readonly colors: 'none' | 'tint' | 'model'
  readonly comparison: 'none' | 'difference' | 'onion'
  /** Whether what is compared with has a model. */
  readonly isOtherColored: boolean
}

export const vertexSource = `#version 300 es
void main() {
  // One triangle that covers the view.
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
}`

export const fragmentSource = ({ colors, comparison, isOtherColored }: ShaderParts): string => `#version 300 es
precision highp float;
const float KNEE = ${GAMUT_KNEE.toFixed(4)};
uniform sampler2D luma;
uniform sampler2D model;
uniform sampler2D tint;
/** Another picture to compare with: another frame, or this one before it was edited. */
uniform sampler2D otherLuma;
uniform sampler2D otherModel;
/** A pinned picture's own colors are not drawn toward neutral. */
uniform bool plain;
uniform bool otherPlain;
/** Gain of the difference; share of the picture laid over. */
uniform float amount;
uniform float viewHeight;
/** x, y, width, height of the picture in screen pixels, y downward. */
uniform vec4 place;
/** From a place of the upright picture, 0..1, to the same one of the stored picture. */
uniform mat3x2 stored;
/** Kr and Kb of the film's matrix. */
uniform vec2 weights;
out vec4 shown;

vec3 tinted(vec2 at, float y) {
  vec2 c = texture(tint, at).rg - 128.0 / 255.0;
  float b = c.x * 2.0 * (1.0 - weights.y);
  float r = c.y * 2.0 * (1.0 - weights.x);
  float g = -(weights.x * r + weights.y * b) / (1.0 - weights.x - weights.y);
  return y + vec3(r, g, b);
}

vec3 recolored(vec4 m, float y, bool plain) {
  float b = 1.772 * (m.x * y + m.y);
  float r = 1.402 * (m.z * y + m.w);
  float g = -(weights.x * r + weights.y * b) / (1.0 - weights.x - weights.y);
  float most = max(r, max(g, b));
  float least = min(r, min(g, b));
  float used = max(most / (1.00001 - y), least / (-0.00001 - y));
  float kept = 1.0;
  if (used > KNEE && !plain) {
    float beyond = (used - KNEE) / (1.0 - KNEE);
    kept = (KNEE + (1.0 - KNEE) * beyond / (1.0 + beyond)) / used;
  }
  return y + kept * vec3(r, g, b);
}

void main() {
  vec2 pixel = vec2(gl_FragCoord.x, viewHeight - gl_FragCoord.y);
  vec2 at = stored * vec3((pixel - place.xy) / place.zw, 1.0);
  float y = texture(luma, at).r;
  vec3 rgb = ${{ none: 'vec3(y)', tint: 'tinted(at, y)', model: 'recolored(texture(model, at), y, plain)' }[colors]};
${comparison === 'none' ? '' : compared(comparison, isOtherColored)}
  shown = vec4(clamp(rgb, 0.0, 1.0), 1.0);
}`

/** A difference is one of colors: the two pictures of a frame may have been shrunk in different ways. */
const compared = (comparison: 'difference' | 'onion', isOtherColored: boolean): string => `
  float o = ${comparison === 'difference' ? 'y' : 'texture(otherLuma, at).r'};
  vec3 other = ${isOtherColored ? 'recolored(texture(otherModel, at), o, otherPlain)' : 'vec3(o)'};
  rgb = ${
    comparison === 'difference'
      ? 'vec3(0.5) + amount * (clamp(rgb, 0.0, 1.0) - clamp(other, 0.0, 1.0))'
      : 'mix(rgb, other, amount)'
  };`
