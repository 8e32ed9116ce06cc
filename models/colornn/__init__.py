"""ColoRNN: networks that color gray film, their training and their measurement."""
