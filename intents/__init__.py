"""Text in, Reading out: packs, the encoder, heads, training and evaluation.

Importing this package is light: it must never import torch, transformers or onnxruntime by itself.
"""

from intents.errors import IntentsError, PackError, UnderstandingError
from intents.reading import Ranked, Reading, Understander

__all__ = ["IntentsError", "PackError", "Ranked", "Reading", "Understander", "UnderstandingError"]
