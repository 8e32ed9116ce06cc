"""The sizes at which networks see pictures."""

from colornn.sizes import network_size


def test_network_sizes_are_multiples_of_32_near_the_short_side() -> None:
    assert network_size(1080, 1920, 256) == (256, 448)
    assert network_size(320, 432, 256) == (256, 352)
    assert network_size(3, 5, 256) == (256, 416)
