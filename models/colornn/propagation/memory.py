"""Reading colors from a memory of colored frames: attention, coarse over the whole frame, then finer near the match.

The memory of M frames (keyframes and the predecessor alike) is read with one softmax over all tokens of all
frames, at each of three scales: stride 8 everywhere, stride 4 in a window around each frame's best coarse match,
stride 2 in a window around the best match at stride 4. Keys are unit vectors, so that a score is a cosine.

Shapes: B batch, M frames of memory, h, w the token grid at stride 8, C channels.
"""

from __future__ import annotations

from keras import ops


def patches(x, size: int):
    """(B, h*size, w*size, C) -> (B, h, w, size*size*C): the pixels of each token side by side, row by row."""
    b, height, width, c = ops.shape(x)
    h, w = height // size, width // size
    x = ops.reshape(x, (b, h, size, w, size * c))
    return ops.reshape(ops.transpose(x, (0, 1, 3, 2, 4)), (b, h, w, size * size * c))


def unpatch(x, size: int, channels: int):
    """The inverse of `patches`: (B, h, w, size*size*C) -> (B, h*size, w*size, C)."""
    b, h, w, _ = ops.shape(x)
    x = ops.reshape(x, (b, h, w, size, size * channels))
    return ops.reshape(ops.transpose(x, (0, 1, 3, 2, 4)), (b, h * size, w * size, channels))


def gather_tokens(tokens, index):
    """Tokens (B, N, C) at index (B, ...) int32 -> (B, ..., C). One flat gather: the quickest on a CPU."""
    b, n, c = ops.shape(tokens)
    shape = ops.shape(index)
    first = ops.reshape(ops.arange(b, dtype="int32") * n, (b, 1))
    flat = ops.reshape(index, (b, -1)) + first
    return ops.reshape(ops.take(ops.reshape(tokens, (b * n, c)), flat, axis=0), (*shape, c))


def _places(h, w):
    """Row and column of every token of a grid, (h*w,) each, counted from the middle."""
    y = ops.cast(ops.arange(h), "float32") - ops.cast(h - 1, "float32") / 2
    x = ops.cast(ops.arange(w), "float32") - ops.cast(w - 1, "float32") / 2
    return ops.repeat(y, w), ops.tile(x, (h,))


def best_place(scores, rows: int, columns: int):
    """Row and column, int32, of the largest of scores (..., rows * columns), the first of equals.

    The largest of each row, then the row, then the column: an argmax over everything is many times slower on a CPU.
    """
    shape = ops.shape(scores)[:-1]
    grid = ops.reshape(scores, (-1, rows, columns))
    row = ops.cast(ops.argmax(ops.max(grid, -1), -1), "int32")
    flat = ops.reshape(grid, (-1, columns))
    line = ops.take(flat, ops.arange(ops.shape(row)[0], dtype="int32") * rows + row, axis=0)
    column = ops.cast(ops.argmax(line, -1), "int32")
    return ops.reshape(row, shape), ops.reshape(column, shape)


def read_everywhere(query, keys, values, temperature, frame_bias, position_slope):
    """Attention of every token to every token of every frame in memory.

    query (B, h, w, C); keys (B, M, h, w, C); values (B, M, h, w, V), colors; temperature: scalar;
    frame_bias (B, M): added to the logits of a frame; position_slope (B, M): logits fall by this much per
    squared token of distance. Returns the colors read (B, h, w, V), float32; the best cosine in each frame
    (B, h*w, M); and where it is, as a token index (B, h*w, M) int32.

    The fall with distance, s |p - p'|^2, is a sum of products of a query's and a key's own terms, so it rides
    in the same matrix product as the cosine: no matrix of distances is ever made. Logits are float32: bfloat16
    was measured to be no quicker here.
    """
    b, h, w, c = ops.shape(query)
    m, n, v = ops.shape(keys)[1], h * w, ops.shape(values)[-1]
    y, x = _places(h, w)
    from_query = ops.stack([2 * y, 2 * x, ops.ones_like(y), y * y + x * x], -1)
    slope = position_slope[:, :, None]
    from_key = ops.stack(
        [slope * y, slope * x, frame_bias[:, :, None] - slope * (y * y + x * x), -slope * ops.ones_like(y)], -1
    )
    unit_q = ops.cast(ops.reshape(query, (b, n, c)), "float32")
    unit_k = ops.cast(ops.reshape(keys, (b, m * n, c)), "float32")
    q = ops.concatenate([temperature * unit_q, ops.broadcast_to(from_query[None], (b, n, 4))], -1)
    k = ops.concatenate([unit_k, ops.reshape(from_key, (b, m * n, 4))], -1)
    logits = ops.matmul(q, ops.transpose(k, (0, 2, 1)))

    row, column = best_place(ops.reshape(logits, (b, n, m, n)), h, w)
    where = row * w + column
    best = gather_tokens(unit_k, where + n * ops.arange(m, dtype="int32"))
    best_cosine = ops.sum(unit_q[:, :, None] * best, -1)
    weights = ops.cast(ops.softmax(logits, -1), values.dtype)
    read = ops.matmul(weights, ops.reshape(values, (b, m * n, v)))
    return ops.cast(ops.reshape(read, (b, h, w, v)), "float32"), best_cosine, where


def read_windows(query, keys, values, parent, temperature, prior, reach: int):
    """Attention of every token to windows of a finer grid, one window in each frame of memory.

    A parent token (grid gh x gw) has 2 x 2 children in the finer grid (2gh x 2gw). Each child reads the
    children of the parent's match, and `reach` tokens around them; at the picture's edge, the nearest window of the
    same size that lies inside.

    query (B, 2gh, 2gw, C); keys (B, M, 2gh, 2gw, C); values (B, M, 2gh, 2gw, V); parent (B, gh*gw, M) int32:
    the match of each parent token in each frame; prior (B, gh*gw, M): added to the logits of that frame.
    Returns the colors read (B, 2gh, 2gw, V), float32; the best cosine in each frame (B, 2gh*2gw, M) and its
    token index (B, 2gh*2gw, M) int32.
    """
    b, height, width, c = ops.shape(query)
    m, v = ops.shape(keys)[1], ops.shape(values)[-1]
    gh, gw = height // 2, width // 2
    n, side = gh * gw, 2 + 2 * reach
    top = ops.clip(2 * (parent // gw) - reach, 0, height - side)
    left = ops.clip(2 * (parent % gw) - reach, 0, width - side)
    corner = top * width + left
    offsets = ops.arange(side, dtype="int32")
    inside = ops.reshape(offsets[:, None] * width + offsets[None, :], (-1,))
    index = (corner + height * width * ops.arange(m, dtype="int32"))[..., None] + inside  # (b, n, m, side * side)

    def windows(tokens, channels: int):
        found = gather_tokens(ops.reshape(tokens, (b, m * height * width, channels)), index)
        return ops.reshape(found, (b, n, m * side * side, channels))

    children = ops.reshape(patches(query, 2), (b, n, 4, c))
    cosine = ops.matmul(children, ops.transpose(windows(keys, c), (0, 1, 3, 2)))
    cosine = ops.reshape(ops.cast(cosine, "float32"), (b, n, 4, m, side * side))
    logits = cosine * temperature + prior[:, :, None, :, None]
    weights = ops.softmax(ops.reshape(logits, (b, n, 4, m * side * side)), -1)
    read = ops.matmul(ops.cast(weights, values.dtype), windows(values, v))

    best_cosine = ops.max(cosine, -1)  # (b, n, 4, m)
    row, column = best_place(cosine, side, side)
    where = corner[:, :, None] + row * width + column

    def to_grid(x, channels: int):
        return unpatch(ops.reshape(x, (b, gh, gw, 4 * channels)), 2, channels)

    read = to_grid(ops.cast(read, "float32"), v)
    best_cosine = ops.reshape(to_grid(best_cosine, m), (b, height * width, m))
    return read, best_cosine, ops.reshape(to_grid(where, m), (b, height * width, m))
