"""Signatures of checkpoints: Ed25519, by a key in a PEM file as `openssl genpkey -algorithm ed25519` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from pathway.store.checkpoint import Checkpoint


def signed(checkpoint: Checkpoint, pem: bytes) -> Checkpoint:
    """The checkpoint, signed by a private key. Raises `BadInput` where `pem` is no such key."""
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ModuleNotFoundError:
        raise _not_installed() from None
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:
        raise BadInput("the key is behind a passphrase; give a key without, in a file of its owner's alone") from None
    except (ValueError, UnsupportedAlgorithm):
        raise BadInput(_NO_KEY.format("private", "'openssl genpkey -algorithm ed25519' writes one")) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput(_NO_KEY.format("private", "'openssl genpkey -algorithm ed25519' writes one"))
    return evolve(checkpoint, signature=key.sign(checkpoint.signed_text).hex())


def is_signed_by(checkpoint: Checkpoint, pem: bytes) -> bool:
    """Whether the signature is that of a public key. Raises `BadInput` where `pem` is no such key."""
    try:
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ModuleNotFoundError:
        raise _not_installed() from None
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise BadInput(_NO_KEY.format("public", "'openssl pkey -pubout' writes one")) from None
    if not isinstance(key, Ed25519PublicKey):
        raise BadInput(_NO_KEY.format("public", "'openssl pkey -pubout' writes one"))
    try:
        key.verify(bytes.fromhex(checkpoint.signature), checkpoint.signed_text)
    except InvalidSignature:
        return False
    return True


_NO_KEY = "this is no {} key of Ed25519 in a PEM file; {}"


def _not_installed() -> BadInput:
    return BadInput("signatures are not installed: pip install 'leukopenia-pathway[signoff]'")
