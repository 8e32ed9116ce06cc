/**
 * The compositor's shader: color of one screen pixel from luma, the coloring model and the film's own tint. The same
 * arithmetic as the export's (electron/contract/frames.ts, ColoringModel).
 */
import { GAMUT_KNEE } from '../../electron/contract/frames.ts'

export const vertexSource = `#version 300 es
void main() {
  // One triangle that covers the view.
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
}`

export const fragmentSource = `#version 300 es
precision highp float;
const float KNEE = ${GAMUT_KNEE.toFixed(4)};
uniform sampler2D luma;
uniform sampler2D model;
uniform sampler2D tint;
/** Another picture to compare with: another frame, or this one before it was edited. */
uniform sampler2D otherLuma;
uniform sampler2D otherModel;
uniform bool otherColored;
/** A pinned picture's own colors are not drawn toward neutral. */
uniform bool plain;
uniform bool otherPlain;
/** 0: not compared, 1: difference, 2: laid over. */
uniform int comparison;
/** Gain of the difference; share of the picture laid over. */
uniform float amount;
uniform vec2 viewSize;
/** x, y, width, height of the picture in screen pixels, y downward. */
uniform vec4 leftPlace;
uniform vec4 rightPlace;
/** Left border of the right pane, and right border of the left one. */
uniform float paneEdge;
/** Screen x from which a wipe shows the original. */
uniform float wipeEdge;
/** Quarter turns clockwise. */
uniform int turns;
/** Left to right, before it is turned. */
uniform bool mirrored;
uniform bool colored;
uniform bool tinted;
uniform bool leftColored;
uniform bool rightColored;
/** Kr and Kb of the film's matrix. */
uniform vec2 weights;
out vec4 shown;

/** A place of the upright picture in the stored one. */
vec2 stored(vec2 at) {
  if (turns == 1) at = vec2(at.y, 1.0 - at.x);
  if (turns == 2) at = vec2(1.0 - at.x, 1.0 - at.y);
  if (turns == 3) at = vec2(1.0 - at.y, at.x);
  return mirrored ? vec2(1.0 - at.x, at.y) : at;
}

vec3 original(vec2 at, float y) {
  if (!tinted) return vec3(y);
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
  vec2 pixel = vec2(gl_FragCoord.x, viewSize.y - gl_FragCoord.y);
  bool right = pixel.x >= paneEdge;
  vec4 place = right ? rightPlace : leftPlace;
  vec2 inPicture = (pixel - place.xy) / place.zw;
  if (any(lessThan(inPicture, vec2(0.0))) || any(greaterThanEqual(inPicture, vec2(1.0)))) {
    shown = vec4(0.0);
    return;
  }
  vec2 at = stored(inPicture);
  float y = texture(luma, at).r;
  bool wantsColor = (right ? rightColored : leftColored) && pixel.x < wipeEdge;
  vec3 rgb = wantsColor && colored ? recolored(texture(model, at), y, plain) : original(at, y);
  if (comparison != 0) {
    // A difference is one of colors: the two pictures of a frame may have been shrunk in different ways.
    float o = comparison == 1 ? y : texture(otherLuma, at).r;
    vec3 other = otherColored ? recolored(texture(otherModel, at), o, otherPlain) : vec3(o);
    rgb = comparison == 1
      ? vec3(0.5) + amount * (clamp(rgb, 0.0, 1.0) - clamp(other, 0.0, 1.0))
      : mix(rgb, other, amount);
  }
  shown = vec4(clamp(rgb, 0.0, 1.0), 1.0);
}`
