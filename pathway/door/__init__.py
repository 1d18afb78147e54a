"""The door: text from outside, read to an amount, an age or a day, or to a doubt that shows every reading.

It knows no disease and no fact. It imports nothing of ours; what a quantity accepts comes as a `Scale`.
"""
