"""The source system's second half, reproduced: the consistency model of Gupta and Kannan, as they describe it.

The program ships another pass (colornn.propagation); this one is here to be measured beside the published figures.
"""
