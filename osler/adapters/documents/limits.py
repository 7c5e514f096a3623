"""How much a file may cost: pages, pixels, words, memory and time."""

PAGES_READ = 10
"""Pages that are read and shown; a certificate that has not said it by then is no certificate."""

MOST_PAGES = 100
"""A file of more pages is no certificate, and is not kept."""

PIXELS = 60_000_000
"""A picture of more than this many pixels is not opened."""

WORDS_OF_A_PAGE = 4_000
CHARACTERS_OF_A_WORD = 200

PICTURE_WIDTH = 1_100
PICTURE_HEIGHT = 1_700
"""The picture of a page that is shown, in pixels at most."""

SEEN_PIXELS = 12_000_000
"""The picture of a page that is looked at for its words, at most."""

MEMORY = 2_000_000_000
FILE_SIZE = 100_000_000
SECONDS_OF_WORK = 60
SECONDS_TO_OPEN = 20
SECONDS_PER_SEEN_PAGE = 25
